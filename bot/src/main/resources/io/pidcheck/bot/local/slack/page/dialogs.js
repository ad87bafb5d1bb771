// Windows over the page. <dialog> keeps the focus inside, gives it back, and closes on Esc.

import { h, icon, iconButton } from './dom.js';
import { plainText, textObject } from './mrkdwn.js';
import { t } from './texts.js';

/** Shows a modal <dialog> and removes it once closed; a click beside it asks to close, as Esc does. */
export function showModal(dialog, onClosed = () => {}) {
  const opener = document.activeElement;
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClosed();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  let pressedBeside = false;
  dialog.addEventListener('pointerdown', (event) => { pressedBeside = event.target === dialog; });
  dialog.addEventListener('click', (event) => {
    if (pressedBeside && event.target === dialog) dialog.requestClose();
  });
  dialog.requestClose ??= () => dialog.dispatchEvent(new Event('cancel', { cancelable: true })) && dialog.close();
  dialog.showModal();
  return dialog;
}

/** Slack's confirm dialog; true when the person accepted. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function askFirst(confirm) {
  return new Promise((resolve) => {
    const answer = (accepted) => () => {
      dialog.returnValue = accepted ? 'accept' : 'deny';
      dialog.close();
    };
    const dialog = h('dialog', { class: 'window confirm', 'data-testid': 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text' },
      h('div', { class: 'window-head' }, h('h2', { id: 'confirm-title' }, label(confirm.title)), iconButton('close', t('close'), { on: { click: answer(false) } })),
      h('div', { class: 'window-body', id: 'confirm-text' }, textObject(confirm.text)),
      h('div', { class: 'window-foot' },
        h('button', { type: 'button', class: 'button', 'data-testid': 'confirm-deny', on: { click: answer(false) } }, label(confirm.deny) ?? t('deny')),
        h('button', { type: 'button', class: `button ${confirm.style === 'danger' ? 'danger solid' : 'primary'}`, 'data-testid': 'confirm-accept', on: { click: answer(true) } },
          label(confirm.confirm) ?? t('confirm'))));
    showModal(dialog, () => resolve(dialog.returnValue === 'accept'));
    dialog.querySelector('[data-testid=confirm-accept]').focus();
  });
}

function label(text) {
  return text && plainText(text.text, { emoji: text.emoji !== false });
}

export function lightbox(source, title) {
  const close = () => dialog.close();
  const dialog = h('dialog', { class: 'lightbox', 'data-testid': 'lightbox', 'aria-label': title },
    h('div', { class: 'lightbox-head' }, h('span', { class: 'lightbox-title' }, title),
      h('a', { class: 'icon-button', href: source, download: '', 'aria-label': t('download'), title: t('download') }, icon('download')),
      iconButton('close', t('close'), { on: { click: close } })),
    h('div', { class: 'lightbox-stage', on: { click: (event) => event.target === event.currentTarget && close() } }, h('img', { src: source, alt: title })));
  return showModal(dialog);
}

/** A short notice at the edge of the page; mistakes stay longer. */
export function toast(text, { failed = false } = {}) {
  const note = h('div', { class: `toast${failed ? ' failed' : ''}`, 'data-testid': 'toast' }, icon(failed ? 'warn' : 'check'), h('span', null, text),
    iconButton('close', t('close'), { on: { click: () => note.remove() } }));
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), failed ? 10_000 : 4000);
}
