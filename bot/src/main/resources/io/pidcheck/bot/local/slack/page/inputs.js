// Form fields of modals. Each puts a reader of its state into scope.inputs, in the form of Slack's view.state.values.

import { h, icon } from './dom.js';
import { plainText, textObject } from './mrkdwn.js';
import { store } from './store.js';
import { t } from './texts.js';

const LINES = { plain_text_input: 'text', number_input: 'number', email_text_input: 'email', url_text_input: 'url' };
const PICKERS = {
  datepicker: ['date', 'selected_date', 'initial_date'], timepicker: ['time', 'selected_time', 'initial_time'],
};

const FIELDS = {
  static_select: select, multi_static_select: checks, users_select: users, checkboxes: checks, radio_buttons: radios,
};

let lastId = 0;

export function inputBlock(block, scope) {
  const id = `field-${++lastId}`;
  const field = inputElement(block.element, block, { ...scope, fieldId: id, labelled: true });
  const label = [plainText(block.label.text, { emoji: block.label.emoji !== false }), block.optional && h('span', { class: 'optional' }, ` ${t('optional')}`)];
  const grouped = field?.getAttribute('role')?.endsWith('group');
  if (grouped) field.setAttribute('aria-labelledby', `${id}-label`);
  for (const part of field ? controlsOf(field) : []) part.setAttribute('aria-describedby', `${id}-error`);
  return h('div', { class: 'block input-block' },
    grouped ? h('div', { id: `${id}-label`, class: 'label' }, label) : h('label', { for: id, class: 'label' }, label),
    field ?? h('p', { class: 'unsupported' }, t('unsupported', block.element.type)),
    block.hint && h('p', { class: 'hint' }, plainText(block.hint.text)),
    h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' }));
}

/** The field of an element, or undefined for an element that is none. */
export function inputElement(element, block, scope) {
  const draw = element.type in LINES ? line : element.type in PICKERS ? picker : FIELDS[element.type];
  if (!draw) return undefined;
  const { field, read, missing } = draw(element, { ...scope, fieldId: scope.fieldId ?? `field-${++lastId}` });
  for (const part of controlsOf(field)) {
    part.dataset.actionId = element.action_id ?? '';
    part.dataset.blockId = block.block_id ?? '';
    part.dataset.testid = 'action';
  }
  scope.inputs?.set(inputKey(block, element), {
    block, element, read: () => ({ type: element.type, ...read() }), missing: missing ?? (() => false),
  });
  return field;
}

export function inputKey(block, element) {
  return `${block.block_id}/${element.action_id}`;
}

function controlsOf(field) {
  return field.matches('input, select, textarea') ? [field] : [...field.querySelectorAll('input, select, textarea')];
}

function line(element, { fieldId }) {
  const attributes = {
    id: fieldId, class: 'field-text', placeholder: element.placeholder?.text, maxlength: element.max_length,
  };
  const input = element.multiline
    ? h('textarea', { ...attributes, rows: '4' })
    : h('input', { ...attributes, type: LINES[element.type], min: element.min_value, max: element.max_value, autocomplete: 'off' });
  input.value = element.initial_value ?? '';
  return { field: input, read: () => ({ value: input.value === '' ? null : input.value }), missing: () => input.value.trim() === '' };
}

function picker(element, { fieldId }) {
  const [type, name, initial] = PICKERS[element.type];
  const input = h('input', { id: fieldId, class: 'field-text', type, value: element[initial] });
  return { field: input, read: () => ({ [name]: input.value || null }), missing: () => !input.value };
}

export function optionsOf(element) {
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
}

// Options are told apart by their position: Slack does not insist on distinct values.
function select(element, { fieldId, ...scope }) {
  const options = optionsOf(element);
  const optionNode = (option) => h('option', { value: options.indexOf(option) }, plainText(option.text.text));
  const choices = element.option_groups
    ? element.option_groups.map((group) => h('optgroup', { label: group.label.text }, group.options.map(optionNode)))
    : options.map(optionNode);
  const input = h('select', { id: fieldId, class: 'field-select', 'aria-label': scope.labelled ? null : element.placeholder?.text ?? t('choose') },
    h('option', { value: '' }, element.placeholder?.text ?? t('choose')), choices);
  const initial = options.findIndex((option) => option.value === element.initial_option?.value);
  input.value = initial >= 0 && element.initial_option ? String(initial) : '';
  const read = () => ({ selected_option: options[input.value] ?? null });
  return { field: h('span', { class: 'select-wrap' }, input, icon('updown')), read, missing: () => input.value === '' };
}

function users(element, scope) {
  const options = store.workspace.users.map((user) => ({ text: { text: user.real_name || user.name }, value: user.id }));
  const initial = options.find((option) => option.value === element.initial_user);
  const { field, read, missing } = select({ ...element, options, initial_option: initial }, scope);
  return { field, read: () => ({ selected_user: read().selected_option?.value ?? null }), missing };
}

function checks(element, { fieldId }) {
  const initial = new Set((element.initial_options ?? []).map((option) => option.value));
  return choiceList(element, fieldId, 'checkbox', (option) => initial.has(option.value), (picked) => ({ selected_options: picked }));
}

function radios(element, { fieldId }) {
  const initial = element.initial_option?.value;
  return choiceList(element, fieldId, 'radio', (option) => option.value === initial, (picked) => ({ selected_option: picked[0] ?? null }));
}

function choiceList(element, fieldId, type, checked, stateOf) {
  const options = optionsOf(element);
  const inputs = options.map((option) => h('input', { type, name: fieldId, checked: checked(option), value: option.value }));
  const field = h('div', { id: fieldId, class: 'choices', role: type === 'radio' ? 'radiogroup' : 'group' }, options.map((option, i) => h('label', { class: 'choice' },
    inputs[i], h('span', null, textObject(option.text), option.description && h('span', { class: 'choice-note' }, textObject(option.description))))));
  const picked = () => options.filter((_, i) => inputs[i].checked);
  return { field, read: () => stateOf(picked()), missing: () => picked().length === 0 };
}
