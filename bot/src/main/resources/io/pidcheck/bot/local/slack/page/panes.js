// The two lists of messages: the channel, and one thread beside it.

import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { h, icon, iconButton, replaceChildren } from './dom.js';
import { mrkdwn } from './mrkdwn.js';
import { store } from './store.js';
import { Timeline } from './timeline.js';
import { t } from './texts.js';
import { byTs } from './time.js';

const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;

/** "#name", or the bot's name for the conversation with it. */
export function titleOf(channel) {
  return channel.is_im ? store.workspace.bot.name : `#${channel.name}`;
}

export class ChannelPane {
  constructor(element, { onMenu }) {
    this.onMenu = onMenu;
    this.header = h('header', { class: 'pane-header' });
    this.notice = h('div', { class: 'notice', role: 'status', hidden: true, 'data-testid': 'offline' });
    this.timeline = new Timeline({ testid: 'messages' });
    this.composer = new Composer({
      testid: 'composer', sendTestid: 'send', commands: true, placeOf: () => ({ channel: store.channel.id }), onSent: () => this.timeline.toBottom(),
    });
    element.append(this.header, this.notice, this.timeline.element, this.composer.element);
  }

  drawFrame() {
    const { channel } = store;
    const name = channel.is_im ? [avatar({ app: true }, 'small'), h('span', null, titleOf(channel)), h('span', { class: 'badge' }, t('app')), presence()] : [icon('hash'), h('span', null, channel.name)];
    replaceChildren(this.header,
      iconButton('menu', t('menu'), { class: 'menu-button', 'data-testid': 'menu', on: { click: this.onMenu } }),
      h('h1', { class: 'pane-title', 'data-testid': 'channel-title' }, name),
      channel.topic && h('div', { class: 'topic' }, mrkdwn(channel.topic)));
    this.timeline.list.setAttribute('aria-label', t('messagesOf', titleOf(channel)));
    this.composer.show(t('messageTo', titleOf(channel)));
    this.notice.hidden = store.online;
    this.notice.textContent = t('lost');
  }

  drawMessages({ fresh = false } = {}) {
    if (!store.isLoaded()) {
      if (fresh) this.timeline.update([], { fresh });
      return;
    }
    const all = store.messages();
    const replies = Map.groupBy(all.filter(isReply), (message) => message.thread_ts);
    const top = all.filter((message) => !isReply(message) || message.subtype === 'thread_broadcast');
    this.timeline.update(top, { fresh, lead: this.#lead(top.length === 0), repliesOf: (message) => (replies.get(message.ts) ?? []).filter((reply) => !reply.ephemeral_to) });
  }

  #lead(empty) {
    const { channel } = store;
    const command = store.workspace.commands?.[0]?.command;
    const hint = empty && (command ? t('emptyHint', `${command} help`) : t('emptyPlain'));
    return {
      key: 'lead', signature: JSON.stringify([channel, hint, t('today')]),
      build: () => h('div', { class: 'channel-lead' }, h('span', { class: 'lead-icon' }, channel.is_im ? avatar({ app: true }) : icon('hash')),
        h('h2', null, t('emptyChannel', titleOf(channel))), hint && h('p', null, hint)),
    };
  }
}

export function presence() {
  const label = t(store.connected ? 'botOnline' : 'botOffline');
  return h('span', { class: `presence${store.connected ? ' on' : ''}`, role: 'img', 'aria-label': label, title: label, 'data-testid': 'presence', 'data-connected': String(store.connected) });
}

export class ThreadPane {
  constructor(element) {
    this.element = element;
    this.header = h('header', { class: 'pane-header' });
    this.timeline = new Timeline({ testid: 'thread-messages', inThread: true });
    this.gone = h('p', { class: 'thread-gone', hidden: true });
    this.composer = new Composer({
      testid: 'thread-composer', sendTestid: 'thread-send', placeOf: () => ({ channel: store.channel.id, thread_ts: store.threadTs }), onSent: () => this.timeline.toBottom(),
    });
    element.append(this.header, this.gone, this.timeline.element, this.composer.element);
    element.addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && this.close());
  }

  drawFrame() {
    this.element.hidden = !store.threadTs;
    document.getElementById('workspace').classList.toggle('with-thread', !this.element.hidden);
    if (this.element.hidden) {
      this.timeline.update([], { fresh: true });
      return;
    }
    const close = { 'data-testid': 'thread-close', on: { click: () => this.close() } };
    replaceChildren(this.header,
      iconButton('back', t('closeThread'), { class: 'menu-button', ...close, 'data-testid': 'thread-back' }),
      h('h2', { class: 'pane-title' }, t('thread')), h('div', { class: 'topic' }, titleOf(store.channel)),
      iconButton('close', t('closeThread'), { class: 'thread-close', ...close }));
    this.element.setAttribute('aria-label', t('thread'));
    this.timeline.list.setAttribute('aria-label', t('thread'));
    this.composer.show(t('reply'));
  }

  drawMessages({ fresh = false } = {}) {
    if (!store.threadTs || !store.isLoaded()) return;
    const { threadTs } = store;
    const messages = store.messages().filter((message) => message.ts === threadTs || message.thread_ts === threadTs).sort(byTs);
    this.gone.hidden = messages.length > 0;
    this.gone.textContent = t('threadGone');
    this.timeline.update(messages, { fresh });
  }

  close() {
    const opener = store.threadTs;
    store.go({ thread: null });
    document.querySelector(`.channel-pane [data-ts="${CSS.escape(opener)}"] :is(.thread-link, .toolbar button)`)?.focus({ preventScroll: true });
  }
}
