// Strings behind the stage. Dashed and labelled, because none of it exists in Slack.

import { api } from './api.js';
import { toast } from './dialogs.js';
import { h, icon, iconButton } from './dom.js';
import { failureText, t } from './texts.js';

const FAULTS = {
  limit: { rate_limit: { method: 'chat.update', retry_after_s: 3, times: 3 } },
  fail: { fail: { method: 'chat.update', error: 'internal_error', times: 3 } },
  slow: { delay: { method: '*', millis: 2000 } },
  drop: { socket: 'drop' },
  refresh: { socket: 'refresh' },
  refuse: { socket: 'refuse' },
  clear: { clear: true },
};

let panel = null;

export function toggleControls(opener) {
  if (panel) panel.close();
  else panel = openPanel(opener);
}

function openPanel(opener) {
  const active = h('p', { class: 'controls-note', 'data-testid': 'active-faults', role: 'status' });
  const dialog = h('dialog', { class: 'controls', 'data-testid': 'controls-panel', 'aria-labelledby': 'controls-title' },
    h('div', { class: 'controls-head' }, h('h2', { id: 'controls-title' }, icon('tools'), t('controlsTitle')), h('span', { class: 'local-badge' }, t('notInSlack')),
      iconButton('close', t('close'), { on: { click: () => dialog.close() } })),
    h('p', { class: 'controls-note' }, t('controlsNote')),
    h('h3', null, t('cluster')), command('restart-calico', t('restartCalico'), () => api.restartCalico(), t('doneCalico')), command('rollout-calico', t('rolloutCalico'), () => api.rolloutCalico(), t('doneRollout')),
    h('h3', null, t('faults')), Object.entries(FAULTS).map(([name, fault]) => command(`fault-${name}`, t(`fault.${name}`), async () => drawActive(active, await api.faults(fault)), t('done'))),
    active, h('p', { class: 'controls-note' }, h('a', { href: 'control-api.html', target: '_blank', rel: 'noopener' }, t('apiList'))));
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    panel = null;
    const focused = dialog.contains(document.activeElement);
    dialog.remove();
    // The sidebar may have been drawn anew meanwhile.
    const button = opener.isConnected ? opener : document.querySelector('[data-testid=controls]');
    button?.setAttribute('aria-expanded', 'false');
    if (focused) button?.focus();
  });
  document.body.append(dialog);
  dialog.show();
  api.activeFaults().then((answer) => drawActive(active, answer), () => {});
  opener.setAttribute('aria-expanded', 'true');
  dialog.querySelector('.button').focus();
  return dialog;
}

function drawActive(element, { faults = [], socket }) {
  const words = faults.map((fault) => Object.entries(fault).map(([kind, { method, times }]) => `${kind} ${method}${times > 0 ? ` ×${times}` : ''}`).join());
  if (socket === 'refuse') words.push(t('refusing'));
  element.textContent = words.length > 0 ? `${t('activeFaults')} ${words.join(', ')}` : t('noFaults');
}

function command(name, label, run, done) {
  const button = h('button', { type: 'button', class: 'button', 'data-testid': name }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await run();
      toast(done);
    } catch (failure) {
      toast(failureText(failure), { failed: true });
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
  return button;
}
