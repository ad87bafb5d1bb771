// Wires the page: what the store says has changed is drawn.

import { toast } from './dialogs.js';
import { spoken } from './mrkdwn.js';
import { ChannelPane, ThreadPane, titleOf } from './panes.js';
import { drawSidebar } from './sidebar.js';
import { store } from './store.js';
import { failureText, speak } from './texts.js';
import { drawViews } from './views.js';

const SETTLED_MS = 1200; // an edited message is read out once it has stopped changing
const SPOKEN_CHARACTERS = 300;

const workspace = document.getElementById('workspace');
const sidebar = document.getElementById('sidebar');
const drawer = (open) => {
  const was = workspace.classList.contains('drawer-open');
  workspace.classList.toggle('drawer-open', open);
  if (open) sidebar.querySelector('.drawer-close')?.focus({ preventScroll: true });
  else if (was) document.querySelector('.menu-button')?.focus({ preventScroll: true });
};
const channelPane = new ChannelPane(document.getElementById('channel'), { onMenu: () => drawer(true) });
const threadPane = new ThreadPane(document.getElementById('thread'));
let shownThread = null;

function drawFrame() {
  if (!store.channel) return;
  drawSidebar(sidebar, { onClose: () => drawer(false) });
  channelPane.drawFrame();
  threadPane.drawFrame();
  document.title = `${titleOf(store.channel)} · ${store.workspace.team.name}`;
}

store.on('place', ({ sameUser, sameChannel }) => {
  speak(store.user.locale);
  const sameThread = shownThread === store.threadTs;
  shownThread = store.threadTs;
  drawFrame();
  if (sameUser && sameChannel) {
    threadPane.drawMessages({ fresh: !sameThread });
    if (!sameThread && store.threadTs) threadPane.composer.focus();
  } else {
    channelPane.drawMessages({ fresh: true });
    channelPane.composer.focus();
  }
});

let freshChannel = null;
store.on('messages', ({ channel, loaded }) => {
  if (channel !== store.channel?.id) return;
  const place = `${store.user.id} ${channel}`;
  const fresh = loaded === true && freshChannel !== place;
  freshChannel = place;
  channelPane.drawMessages({ fresh });
  threadPane.drawMessages({ fresh });
});

store.on('unread', drawFrame);
store.on('connection', drawFrame);
store.on('online', drawFrame);
store.on('views', drawViews);
store.on('failure', (failure) => toast(failureText(failure), { failed: true }));

const announcer = document.getElementById('announcer');
const settling = new Map();
store.on('arrived', ({ message }) => {
  if (message.user === store.user.id) return;
  clearTimeout(settling.get(message.ts));
  settling.set(message.ts, setTimeout(() => {
    settling.delete(message.ts);
    announcer.textContent = `${store.author(message.user)?.name ?? ''}: ${spoken(message.text).slice(0, SPOKEN_CHARACTERS)}`;
  }, SETTLED_MS));
});

document.getElementById('scrim').addEventListener('click', () => drawer(false));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && workspace.classList.contains('drawer-open')) drawer(false);
});

// On a phone a tap on a message opens its thread, as in Slack's own app: there is no pointer to hover with.
const PHONE = matchMedia('(max-width: 700px)');
document.getElementById('channel').addEventListener('click', (event) => {
  const message = event.target.closest('.message');
  if (!PHONE.matches || !message || message.dataset.ephemeral || event.target.closest('a, button, select, input, pre, summary')) return;
  if (String(getSelection()) === '') store.go({ thread: message.dataset.ts });
});

store.start();
