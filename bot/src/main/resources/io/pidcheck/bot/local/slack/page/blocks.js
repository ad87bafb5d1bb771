// Block Kit, block by block: https://docs.slack.dev/reference/block-kit/blocks
// A scope says where the blocks are: { key, message?, act(element, block, choice, control), inputs? }.

import { h, link, webUrl } from './dom.js';
import { control } from './elements.js';
import { fileUrl, picture } from './files.js';
import { inputBlock } from './inputs.js';
import { mrkdwn, plainText, textObject } from './mrkdwn.js';
import { richText } from './richtext.js';
import { showMore } from './showmore.js';
import { store } from './store.js';
import { t } from './texts.js';

const LONG_SECTION = 700; // characters: where Slack itself starts to fold

const DRAWN = {
  section, header, divider: () => h('hr', { class: 'block-divider' }), context, actions, image, input: inputBlock, rich_text: richText, table,
};

export function blocks(list, scope) {
  return (list ?? []).map((block, i) => {
    const draw = Object.hasOwn(DRAWN, block.type) ? DRAWN[block.type] : unknown;
    const drawn = draw(block, { ...scope, key: `${scope.key}/${block.block_id ?? i}` });
    drawn.dataset.blockId = block.block_id ?? '';
    return drawn;
  });
}

function unknown(block) {
  return h('p', { class: 'unsupported' }, t('unsupported', block.type));
}

function section(block, scope) {
  const text = block.text && h('div', { class: 'block-text' }, textObject(block.text));
  const long = (block.text?.text.length ?? 0) > LONG_SECTION && !block.expand;
  const fields = block.fields && h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'field' }, textObject(field))));
  const accessory = block.accessory && h('div', { class: 'accessory' }, accessoryOf(block, scope));
  return h('div', { class: `block section${accessory ? ' with-accessory' : ''}` },
    h('div', { class: 'section-main' }, long ? showMore(text, scope.key) : text, fields), accessory);
}

function accessoryOf(block, scope) {
  if (block.accessory.type !== 'image') return control(block.accessory, block, scope);
  return picture(sourceOf(block.accessory), block.accessory.alt_text, 'accessory-image');
}

function header(block) {
  return h('h3', { class: 'block block-header' }, plainText(block.text.text, { emoji: block.text.emoji !== false }));
}

function context(block) {
  return h('div', { class: 'block context' }, block.elements.map((element) => (element.type === 'image'
    ? picture(sourceOf(element), element.alt_text, 'context-image')
    : h('span', { class: 'context-text' }, textObject(element)))));
}

function actions(block, scope) {
  return h('div', { class: 'block actions' }, block.elements.map((element) => control(element, block, scope)));
}

function image(block) {
  const title = block.title && h('figcaption', null, plainText(block.title.text, { emoji: block.title.emoji !== false }));
  return h('figure', { class: 'block image-block' }, title, picture(sourceOf(block), block.alt_text, 'block-image', { zoom: true }));
}

function table(block) {
  const align = (column) => `align-${block.column_settings?.[column]?.align ?? 'left'}`;
  const cell = (tag) => (given, column) => h(tag, { class: align(column) }, given.type === 'rich_text' ? richText(given) : given.text);
  const [head = [], ...rows] = block.rows ?? [];
  return h('div', { class: 'block table-frame', tabindex: '0' }, h('table', null, h('thead', null, h('tr', null, head.map(cell('th')))),
    h('tbody', null, rows.map((row) => h('tr', null, row.map(cell('td')))))));
}

/** An uploaded file named by id or url, or a web address. */
function sourceOf(element) {
  const named = element.slack_file;
  if (!named) return webUrl(element.image_url) ?? '';
  if (!named.id) return named.url ?? '';
  const file = store.file(named.id);
  return file ? fileUrl(file) : `/files/${encodeURIComponent(named.id)}/image`;
}

/** Attachments, the old form: a coloured bar with blocks or texts behind it. */
export function attachment(given, scope) {
  const bar = h('div', { class: 'attachment-bar' });
  const color = /^#?([0-9a-f]{6})$/i.exec(given.color ?? '');
  if (color) bar.style.setProperty('background', `#${color[1]}`);
  else if (given.color) bar.classList.add(`bar-${given.color}`);
  const fields = given.fields && h('div', { class: 'fields' }, given.fields.map((field) => h('div', { class: 'field' },
    h('strong', null, field.title), h('div', null, mrkdwn(field.value)))));
  return h('div', { class: 'attachment' }, bar, h('div', { class: 'attachment-body' },
    given.pretext && h('div', { class: 'block-text' }, mrkdwn(given.pretext)),
    given.title && h('strong', null, given.title_link ? link(given.title_link, given.title) : given.title),
    given.blocks ? blocks(given.blocks, scope) : h('div', { class: 'block-text' }, mrkdwn(given.text ?? given.fallback)),
    fields, given.footer && h('div', { class: 'context' }, given.footer)));
}
