// Interactive elements of messages and modals: https://docs.slack.dev/reference/block-kit/block-elements

import { askFirst } from './dialogs.js';
import { h, icon, webUrl } from './dom.js';
import { openMenu } from './menu.js';
import { plainText } from './mrkdwn.js';
import { inputElement, inputKey } from './inputs.js';
import { t } from './texts.js';

const CONTROLS = { button, workflow_button: button, overflow };
const CONTROL = 'input, select, textarea';

export function control(element, block, scope) {
  if (Object.hasOwn(CONTROLS, element.type)) return CONTROLS[element.type](element, block, scope);
  return field(element, block, scope) ?? h('span', { class: 'unsupported' }, t('unsupported', element.type));
}

const label = (text) => plainText(text?.text, { emoji: text?.emoji !== false });

function button(element, block, scope) {
  const href = webUrl(element.url);
  const attributes = {
    class: `button${element.style ? ` ${element.style}` : ''}`, 'data-action-id': element.action_id, 'data-block-id': block.block_id,
    'data-testid': 'action', 'aria-label': element.accessibility_label, title: element.text?.text,
  };
  const face = h('span', { class: 'button-label' }, label(element.text));
  const drawn = href
    ? h('a', { ...attributes, href, target: '_blank', rel: 'noopener noreferrer' }, face)
    : h('button', { ...attributes, type: 'button' }, face);
  drawn.addEventListener('click', () => chosen(element, element, block, scope, {}, drawn));
  return drawn;
}

/** Runs an action, after the confirm dialog where the element has one. */
async function chosen(element, asking, block, scope, choice, drawn) {
  if (asking.confirm && !(await askFirst(asking.confirm))) return;
  await scope.act(element, block, { ...choice, ...(asking.confirm ? { confirm: true } : {}) }, drawn);
}

function overflow(element, block, scope) {
  const drawn = h('button', {
    type: 'button', class: 'button overflow', 'data-action-id': element.action_id, 'data-block-id': block.block_id, 'data-testid': 'action',
    'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': t('more'), title: t('more'),
  }, icon('dots'));
  drawn.addEventListener('click', () => openMenu(drawn, t('more'), element.options.map((option) => ({
    label: label(option.text), note: option.description && label(option.description), href: webUrl(option.url), attributes: { 'data-value': option.value },
    run: () => chosen(element, element, block, scope, { selected_option: option }, drawn),
  }))));
  return drawn;
}

/** A field outside an input block: every choice is sent at once, after the confirm dialog where there is one. */
function field(element, block, scope) {
  const inputs = scope.inputs ?? new Map();
  const drawn = inputElement(element, block, { ...scope, inputs });
  const { read } = inputs.get(inputKey(block, element)) ?? {};
  const focus = drawn?.matches(CONTROL) ? drawn : drawn?.querySelector(CONTROL);
  let before = focus?.value;
  drawn?.addEventListener('change', async ({ target }) => {
    const { type, ...choice } = read();
    if (choice.selected_option === null) return;
    if (element.confirm && !(await askFirst(element.confirm))) {
      if (target.type === 'checkbox') target.checked = !target.checked;
      else target.value = before;
      return;
    }
    before = target.value;
    await scope.act(element, block, { ...choice, ...(element.confirm ? { confirm: true } : {}) }, target);
  });
  return drawn;
}
