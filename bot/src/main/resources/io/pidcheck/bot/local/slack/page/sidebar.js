import { avatar } from './avatar.js';
import { toggleControls } from './controls.js';
import { h, icon, iconButton, replaceChildren } from './dom.js';
import { openMenu } from './menu.js';
import { presence } from './panes.js';
import { hashOf, kept, store } from './store.js';
import { t } from './texts.js';

const THEMES = ['auto', 'light', 'dark'];
const DARK = matchMedia('(prefers-color-scheme: dark)');

export function drawSidebar(element, { onClose }) {
  const { workspace } = store;
  const channels = store.channels();
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset : {};
  element.setAttribute('aria-label', workspace.team.name);
  replaceChildren(element,
    h('div', { class: 'sidebar-head' },
      h('span', { class: 'team-name', 'data-testid': 'team' }, workspace.team.name),
      iconButton('close', t('closeMenu'), { class: 'drawer-close', 'data-testid': 'menu-close', on: { click: onClose } })),
    h('div', { class: 'sidebar-body' },
      section(t('channels'), channels.filter((channel) => !channel.is_im), onClose),
      section(t('directMessages'), channels.filter((channel) => channel.is_im), onClose)),
    h('div', { class: 'sidebar-foot' }, userButton(), themeButton(), controlsButton()));
  const { testid, channel } = focused;
  if (testid) element.querySelector(`[data-testid="${testid}"]${channel ? `[data-channel="${CSS.escape(channel)}"]` : ''}`)?.focus({ preventScroll: true });
}

function section(title, channels, onChosen) {
  return channels.length > 0 && h('section', { class: 'channel-section', 'aria-label': title }, h('h2', null, title),
    h('ul', null, channels.map((channel) => h('li', null, channelLink(channel, onChosen)))));
}

function channelLink(channel, onChosen) {
  const open = channel.id === store.channel.id;
  const unread = store.unread.get(channel.id) ?? 0;
  return h('a', {
    class: `channel-link${open ? ' open' : ''}${unread > 0 ? ' unread' : ''}`, href: hashOf({ channel: channel.id }), 'data-testid': 'channel-link', 'data-channel': channel.id,
    'aria-current': open ? 'page' : null, on: { click: onChosen },
  }, channel.is_im
    ? [h('span', { class: 'face' }, avatar({ app: true }, 'small'), presence()), h('span', { class: 'channel-name' }, store.workspace.bot.name), h('span', { class: 'badge' }, t('app'))]
    : [icon('hash'), h('span', { class: 'channel-name' }, channel.name)],
  unread > 0 && h('span', { class: 'unread-count', 'aria-label': t('newMessages', unread) }, unread > 99 ? '99+' : String(unread)));
}

export function roleText(user) {
  return t(`roles.${user.role}`) ?? user.role ?? '';
}

function userButton() {
  const { user } = store;
  const name = user.real_name || user.name;
  const button = h('button', {
    type: 'button', class: 'user-button', 'data-testid': 'user-switch', 'data-user': user.id, 'aria-haspopup': 'menu', 'aria-expanded': 'false', title: t('switchUser'),
  }, avatar({ ...user, name }, 'medium'), h('span', { class: 'user-names' }, h('span', { class: 'user-name' }, name), h('span', { class: 'user-role' }, roleText(user))), icon('updown'));
  button.addEventListener('click', () => openMenu(button, t('switchTitle'), store.workspace.users.map((candidate) => userEntry(candidate))));
  return button;
}

function userEntry(user) {
  const name = user.real_name || user.name;
  return {
    label: name, note: [roleText(user), user.locale].filter(Boolean).join(' · '), before: avatar({ ...user, name }, 'medium'), checked: user.id === store.user.id,
    attributes: { 'data-testid': 'user-option', 'data-user': user.id },
    run: () => switchTo(user),
  };
}

// The channel stays, except for a DM, which is the other person's own.
function switchTo(user) {
  const { channel } = store;
  const theirs = channel.is_im ? store.channels(user).find((candidate) => candidate.is_im) ?? store.channels(user)[0] : channel;
  store.go({ user: user.id, channel: theirs.id, thread: channel.is_im ? null : store.threadTs });
}

// From "as the system" the first step is the other theme, so that every click is seen.
function themeButton() {
  const current = THEMES.includes(kept.get('theme')) ? kept.get('theme') : 'auto';
  const order = DARK.matches ? ['auto', 'light', 'dark'] : ['auto', 'dark', 'light'];
  const next = () => {
    const theme = order[(order.indexOf(current) + 1) % order.length];
    kept.set('theme', theme === 'auto' ? null : theme);
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    const fresh = themeButton();
    button.replaceWith(fresh);
    fresh.focus();
  };
  const button = iconButton({ auto: 'auto', light: 'sun', dark: 'moon' }[current], t(`theme.${current}`), { 'data-testid': 'theme', 'data-theme-choice': current, on: { click: next } });
  return button;
}

function controlsButton() {
  const button = iconButton('tools', t('controls'), { class: 'controls-button', 'data-testid': 'controls', 'aria-expanded': 'false' });
  button.addEventListener('click', () => toggleControls(button));
  return button;
}
