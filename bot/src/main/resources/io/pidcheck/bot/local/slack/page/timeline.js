// A list of messages that changes in place: only what differs is drawn anew, and what one reads does not jump.

import { h, icon } from './dom.js';
import { messageNode } from './message.js';
import { store } from './store.js';
import { language, t } from './texts.js';
import { dayKey, dayLabel } from './time.js';

const GROUPING_SECONDS = 300;
const AT_BOTTOM_PX = 60;

export class Timeline {
  #drawn = new Map();
  #sticky = true;
  #unseen = 0;
  #lastTop = 0;

  constructor({ testid, inThread = false }) {
    this.inThread = inThread;
    this.list = h('div', { class: 'messages', role: 'log', 'aria-live': 'off', 'data-testid': testid });
    this.scroller = h('div', { class: 'scroller', tabindex: '-1' }, this.list);
    this.jump = h('button', { type: 'button', class: 'jump', hidden: true, 'data-testid': 'jump', on: { click: () => this.toBottom() } });
    this.element = h('div', { class: 'timeline' }, this.scroller, this.jump);
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Pictures that arrive late and a composer that grows move the end of the list.
    const keepEnd = new ResizeObserver(() => this.#sticky && this.#scrollToEnd());
    keepEnd.observe(this.list);
    keepEnd.observe(this.scroller);
  }

  /** Draws these messages; `lead` is a node for the head of the list, `fresh` when it is another list than before. */
  update(messages, { lead = null, repliesOf = () => [], fresh = false } = {}) {
    if (fresh) this.#clear();
    const anchor = this.#sticky ? null : this.#anchor();
    const before = new Set(this.#drawn.keys());
    const wanted = this.#items(messages, lead, repliesOf);
    this.#reconcile(wanted);
    if (anchor) this.#restore(anchor);
    else this.#scrollToEnd();
    const added = wanted.filter(({ key, message }) => message && message.user !== store.user.id && !before.has(key)).length;
    if (!fresh && !this.#sticky) this.#unseen += added;
    this.#drawJump();
  }

  toBottom() {
    this.#sticky = true;
    this.#unseen = 0;
    this.#scrollToEnd();
    this.#drawJump();
  }

  find(ts) {
    return this.#drawn.get(ts)?.node;
  }

  #clear() {
    this.#drawn.clear();
    this.list.replaceChildren();
    this.#sticky = true;
    this.#unseen = 0;
  }

  #items(messages, lead, repliesOf) {
    const items = lead ? [lead] : [];
    let previous;
    for (const message of messages) {
      if (!this.inThread && (!previous || dayKey(previous.ts) !== dayKey(message.ts))) items.push(divider(message.ts));
      const grouped = this.#isGrouped(previous, message);
      const replies = repliesOf(message);
      const state = { grouped, replies, inThread: this.inThread };
      items.push({
        key: message.ts, message, signature: JSON.stringify([message, grouped, replies.length, replies.at(-1)?.ts, store.user.id, language()]),
        build: () => messageNode(message, state),
      });
      if (this.inThread && !previous && messages.length > 1) items.push(replyRule(messages.length - 1));
      previous = message;
    }
    return items;
  }

  #isGrouped(previous, message) {
    if (!previous || previous.user !== message.user || Boolean(previous.ephemeral_to) !== Boolean(message.ephemeral_to)) return false;
    if (this.inThread && previous.ts === message.thread_ts) return false;
    return Number(message.ts) - Number(previous.ts) < GROUPING_SECONDS && dayKey(previous.ts) === dayKey(message.ts);
  }

  #reconcile(wanted) {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { node }] of this.#drawn) {
      if (keys.has(key)) continue;
      node.remove();
      this.#drawn.delete(key);
    }
    let next = this.list.firstChild;
    for (const { key, signature, build } of wanted) {
      const old = this.#drawn.get(key);
      if (old && old.signature === signature) {
        if (old.node === next) next = next.nextSibling;
        else this.list.insertBefore(old.node, next);
        continue;
      }
      const node = build();
      if (old) {
        if (old.node === next) next = next.nextSibling;
        const refocus = focusWithin(old.node);
        old.node.replaceWith(node);
        if (this.list.children.length > 0 && node.nextSibling !== next) this.list.insertBefore(node, next);
        refocus(node);
      } else {
        this.list.insertBefore(node, next);
      }
      this.#drawn.set(key, { node, signature });
    }
  }

  // The first message in sight, and how far down it stands.
  #anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    for (const [key, { node }] of this.#drawn) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top) return { key, offset: box.top };
    }
    return null;
  }

  #restore({ key, offset }) {
    const node = this.#drawn.get(key)?.node;
    if (node) this.scroller.scrollTop += node.getBoundingClientRect().top - offset;
  }

  #scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    // A list that grew under a picture just loaded is not a person who scrolled up.
    const wentUp = scrollTop < this.#lastTop;
    this.#sticky = scrollHeight - scrollTop - clientHeight < AT_BOTTOM_PX || (this.#sticky && !wentUp);
    this.#lastTop = scrollTop;
    if (this.#sticky) this.#unseen = 0;
    this.#drawJump();
  }

  #drawJump() {
    this.jump.hidden = this.#sticky;
    this.jump.classList.toggle('with-count', this.#unseen > 0);
    this.jump.setAttribute('aria-label', t('latest'));
    this.jump.replaceChildren(icon('down'), this.#unseen > 0 ? t('newMessages', this.#unseen) : '');
  }
}

function divider(ts) {
  const label = dayLabel(ts);
  return { key: `day ${dayKey(ts)}`, signature: label, build: () => h('div', { class: 'day', role: 'separator', 'aria-label': label }, h('span', null, label)) };
}

function replyRule(count) {
  const label = t('replies', count);
  return { key: 'replies', signature: label, build: () => h('div', { class: 'reply-rule', role: 'separator' }, h('span', null, label)) };
}

// An edit must not throw a keyboard user out of the message: the same control keeps the focus, or else the message.
function focusWithin(node) {
  const focused = document.activeElement;
  if (!node.contains(focused)) return () => {};
  const { actionId, testid } = focused.dataset;
  return (replacement) => {
    const same = actionId ? replacement.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`) : testid && replacement.querySelector(`[data-testid="${CSS.escape(testid)}"]`);
    (same || replacement).focus({ preventScroll: true });
  };
}
