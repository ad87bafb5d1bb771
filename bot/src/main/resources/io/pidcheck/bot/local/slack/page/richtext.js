// rich_text blocks: the one form in which foreign text needs no escaping.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { h, link } from './dom.js';
import { emojiOf } from './emoji.js';
import { channelLink, mention } from './mentions.js';
import { emojiNode } from './mrkdwn.js';
import { slackDate } from './time.js';

const DEEPEST_INDENT = 8;

export function richText(block) {
  return h('div', { class: 'block rich-text' }, (block.elements ?? []).map(part));
}

const PARTS = {
  rich_text_section: (element) => h('div', { class: 'rich-section' }, leaves(element)),
  rich_text_list: list,
  rich_text_quote: (element) => h('blockquote', null, leaves(element)),
  rich_text_preformatted: (element) => h('pre', { tabindex: '0' }, leaves(element)),
};

function part(element) {
  return Object.hasOwn(PARTS, element.type) ? PARTS[element.type](element) : null;
}

// Slack sends each run of equal depth as a list of its own; `offset` continues the numbers of an interrupted one.
function list(element) {
  const ordered = element.style === 'ordered';
  const depth = Math.min(element.indent ?? 0, DEEPEST_INDENT);
  const attributes = { class: `rich-list indent-${depth}${element.border ? ' bordered' : ''}`, start: ordered && element.offset ? element.offset + 1 : null };
  return h(ordered ? 'ol' : 'ul', attributes, element.elements.map((item) => h('li', null, leaves(item))));
}

function leaves(element) {
  return (element.elements ?? []).map((leaf) => styled(leafNode(leaf), leaf.style));
}

const LEAVES = {
  text: (leaf) => leaf.text,
  link: (leaf) => link(leaf.url, leaf.text || leaf.url),
  user: (leaf) => mention('user', leaf.user_id),
  channel: (leaf) => channelLink(leaf.channel_id),
  usergroup: (leaf) => mention('usergroup', leaf.usergroup_id),
  broadcast: (leaf) => mention('broadcast', leaf.range),
  emoji: (leaf) => emoji(leaf),
  date: (leaf) => h('time', null, slackDate(String(leaf.timestamp), leaf.format ?? '{date}', leaf.fallback ?? '')),
  color: (leaf) => leaf.value,
};

function leafNode(leaf) {
  return Object.hasOwn(LEAVES, leaf.type) ? LEAVES[leaf.type](leaf) : '';
}

function emoji({ name, unicode }) {
  const character = emojiOf(name) ?? (/^[0-9a-f-]+$/i.test(unicode ?? '') ? fromHex(unicode) : undefined);
  return character ? emojiNode(name, character) : `:${name}:`;
}

function fromHex(unicode) {
  try {
    return String.fromCodePoint(...unicode.split('-').map((hex) => Number.parseInt(hex, 16)));
  } catch {
    return undefined;
  }
}

const WRAPS = [['code', 'code'], ['strike', 's'], ['italic', 'em'], ['bold', 'strong'], ['underline', 'u']];

function styled(node, style) {
  return WRAPS.reduce((inner, [name, tag]) => (style?.[name] ? h(tag, null, inner) : inner), node);
}
