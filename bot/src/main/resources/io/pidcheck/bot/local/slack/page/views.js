// Slack's modals: the open views of the acting user, the last one on top.
// https://docs.slack.dev/reference/views/modal-views

import { api } from './api.js';
import { blocks } from './blocks.js';
import { showModal, toast } from './dialogs.js';
import { h, iconButton } from './dom.js';
import { plainText } from './mrkdwn.js';
import { store } from './store.js';
import { failureText, t } from './texts.js';

const open = new Map();

/** Makes the windows on the page those that the store knows. */
export function drawViews() {
  const wanted = new Map(store.views.map((entry) => [entry.id, entry]));
  for (const [id, shown] of open) {
    const entry = wanted.get(id);
    if (!entry) shown.vanish();
    else if (JSON.stringify(entry.view) !== shown.source) shown.redraw(entry.view);
  }
  for (const entry of store.views) if (!open.has(entry.id)) openView(entry);
}

function openView({ id, view }) {
  const owner = store.user.id;
  const form = h('form', { class: 'view-form', novalidate: true, method: 'dialog' });
  const dialog = h('dialog', { class: 'window view', 'data-testid': 'view', 'data-view': id, 'aria-label': view.title?.text }, form);
  const shown = { inputs: new Map(), source: '', redraw, vanish };
  open.set(id, shown);
  redraw(view);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  let vanishing = false;
  showModal(dialog, () => {
    open.delete(id);
    if (!vanishing) api.close({ user: owner, view_id: id }).catch((failure) => toast(failureText(failure), { failed: true }));
  });
  (form.querySelector('.window-body :is(input, select, textarea)') ?? form.querySelector('.window-foot button'))?.focus();

  function vanish() {
    vanishing = true;
    open.delete(id);
    dialog.close();
  }

  // What was typed stays, where the new view still has the field.
  function redraw(next) {
    const typed = [...form.querySelectorAll('.window-body :is(input, select, textarea)')].map((field) => [selectorOf(field), field.value, field.checked]);
    shown.source = JSON.stringify(next);
    shown.inputs = new Map();
    const scope = { key: id, inputs: shown.inputs, act };
    form.replaceChildren(
      h('div', { class: 'window-head' }, h('h2', null, label(next.title)), iconButton('close', t('close'), { 'data-testid': 'view-close', on: { click: () => dialog.close() } })),
      h('div', { class: 'window-body' }, blocks(next.blocks, scope)),
      h('div', { class: 'window-foot' },
        h('button', { type: 'button', class: 'button', 'data-testid': 'view-cancel', on: { click: () => dialog.close() } }, label(next.close) ?? t('cancel')),
        next.submit && h('button', { type: 'submit', class: 'button primary', 'data-testid': 'view-submit' }, label(next.submit))));
    for (const [selector, value, checked] of typed) {
      const field = form.querySelector(selector);
      if (field?.type === 'checkbox' || field?.type === 'radio') field.checked = checked;
      else if (field && value) field.value = value;
    }
  }

  async function submit() {
    if (!validate(form, shown.inputs)) return;
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    button.classList.add('busy');
    try {
      await api.submit({ user: owner, view_id: id, values: valuesOf(shown.inputs) });
      await store.loadViews();
    } catch (failure) {
      const shownBelowFields = failure.details?.errors && showErrors(form, failure.details.errors);
      if (!shownBelowFields) toast(failureText(failure), { failed: true });
    } finally {
      button.disabled = false;
      button.classList.remove('busy');
    }
  }

  async function act(element, block, choice, control) {
    control.classList.add('busy');
    try {
      await api.click({ user: owner, view_id: id, action_id: element.action_id, block_id: block.block_id, confirm: false, values: valuesOf(shown.inputs), ...choice });
    } catch (failure) {
      toast(failureText(failure), { failed: true });
    } finally {
      control.classList.remove('busy');
    }
  }
}

function selectorOf(field) {
  const { blockId, actionId } = field.dataset;
  const value = field.type === 'checkbox' || field.type === 'radio' ? `[value="${CSS.escape(field.value)}"]` : '';
  return `[data-block-id="${CSS.escape(blockId)}"][data-action-id="${CSS.escape(actionId)}"]:is(input, select, textarea)${value}`;
}

function label(text) {
  return text && plainText(text.text, { emoji: text.emoji !== false });
}

function valuesOf(inputs) {
  const values = {};
  for (const { block, element, read } of inputs.values()) (values[block.block_id] ??= {})[element.action_id] = read();
  return values;
}

// Slack checks what the view itself says before it asks the app.
function validate(form, inputs) {
  const errors = {};
  for (const { block, element, read, missing } of inputs.values()) {
    if (block.type !== 'input') continue;
    const length = (read().value ?? '').length;
    if (missing()) {
      if (!block.optional) errors[block.block_id] = t('required');
    } else if (element.min_length > length) errors[block.block_id] = t('tooShort', element.min_length);
  }
  showErrors(form, errors);
  return Object.keys(errors).length === 0;
}

/** Puts each error under its block's field; false when none of them has a field here. */
function showErrors(form, errors) {
  let first;
  for (const block of form.querySelectorAll('.input-block')) {
    const text = errors[block.dataset.blockId] ?? '';
    block.classList.toggle('wrong', text !== '');
    block.querySelector('.field-error').textContent = text;
    const field = block.querySelector('input, select, textarea');
    field?.setAttribute('aria-invalid', String(text !== ''));
    if (text) first ??= field;
  }
  first?.focus();
  return first !== undefined;
}
