import { api } from './api.js';
import { avatar } from './avatar.js';
import { attachment, blocks } from './blocks.js';
import { toast } from './dialogs.js';
import { h, icon, iconButton } from './dom.js';
import { fileCard } from './files.js';
import { mrkdwn, plainText } from './mrkdwn.js';
import { showMore } from './showmore.js';
import { store } from './store.js';
import { failureText, t } from './texts.js';
import { ago, clock, fullDate, shortClock } from './time.js';

const LONG_TEXT = 700;

/** One message; `grouped` when it follows another of the same author, `replies` when it opens a thread in this list. */
export function messageNode(message, { grouped, replies, inThread }) {
  const author = store.author(message.user) ?? { name: message.username ?? message.user ?? '?' };
  const node = h('div', {
    class: ['message', grouped && 'grouped', message.ephemeral_to && 'ephemeral', author.app && 'from-app'].filter(Boolean).join(' '),
    role: 'article', tabindex: '-1', 'aria-label': `${author.name}, ${clock(message.ts)}`,
    'data-testid': 'message', 'data-ts': message.ts, 'data-user': message.user, 'data-ephemeral': message.ephemeral_to ? 'true' : null,
  });
  const content = h('div', { class: 'content' }, body(message, scopeOf(message, node)));
  if (message.edited) markEdited(content);
  node.append(
    h('div', { class: 'gutter' }, grouped ? time(message.ts, 'gutter-time', shortClock) : avatar(author)),
    h('div', { class: 'message-main' },
      message.ephemeral_to && h('div', { class: 'only-you' }, icon('eye'), t('onlyYou')),
      !grouped && h('div', { class: 'byline' }, h('span', { class: 'author' }, author.name), author.app && h('span', { class: 'badge' }, t('app')), time(message.ts, 'time', clock)),
      content,
      message.files?.length > 0 && h('div', { class: 'files' }, message.files.map(fileCard)),
      message.reactions?.length > 0 && h('div', { class: 'reactions' }, message.reactions.map(reaction)),
      message.ephemeral_to && dismissButton(message),
      replies?.length > 0 && threadLink(message, replies)),
  );
  if (!message.ephemeral_to && !inThread) node.append(toolbar(message));
  return node;
}

function body(message, scope) {
  if (message.blocks?.length > 0) return [blocks(message.blocks, scope), attachments(message, scope)];
  const text = h('div', { class: 'block-text' }, mrkdwn(message.text));
  return [message.text && ((message.text.length > LONG_TEXT) ? showMore(text, `${scope.key}/text`) : text), attachments(message, scope)];
}

function attachments(message, scope) {
  return (message.attachments ?? []).map((given, i) => attachment(given, { ...scope, key: `${scope.key}/a${i}` }));
}

function time(ts, className, format) {
  return h('time', { class: className, datetime: new Date(Number(ts) * 1000).toISOString(), title: fullDate(ts) }, format(ts));
}

// Slack puts the mark behind the last words.
function markEdited(content) {
  const last = content.lastElementChild;
  const line = last?.matches('.section:not(.with-accessory)') ? last.querySelector('.block-text')
    : last?.matches('.rich-text') ? last.querySelector(':scope > .rich-section:last-child')
      : last?.matches('.block-text, .context') ? last : null;
  (line ?? content).append(h('span', { class: 'edited' }, t('edited')));
}

function reaction({ name, users = [], count = users.length }) {
  const who = users.map((id) => store.author(id)?.name ?? id).join(', ');
  const mine = users.includes(store.user.id) ? ' mine' : '';
  return h('span', { class: `reaction${mine}`, title: `${who} · :${name}:`, 'data-reaction': name }, plainText(`:${name}:`, { emoji: true }), ` ${count}`);
}

function dismissButton(message) {
  return h('button', { type: 'button', class: 'text-button dismiss', 'data-testid': 'dismiss', on: { click: () => store.dismiss(message.ts) } }, t('dismiss'));
}

function threadLink(message, replies) {
  const faces = [...new Set(replies.map((reply) => reply.user))].slice(0, 3).map((id) => avatar(store.author(id), 'tiny'));
  const count = Math.max(replies.length, message.reply_count ?? 0);
  return h('button', { type: 'button', class: 'thread-link', 'data-testid': 'thread-link', on: { click: () => store.go({ thread: message.ts }) } },
    h('span', { class: 'faces' }, faces), h('span', { class: 'reply-count' }, t('replies', count)),
    h('span', { class: 'last-reply' }, h('span', { class: 'when' }, t('lastReply', ago(replies.at(-1).ts))), h('span', { class: 'view' }, t('viewThread'))));
}

function toolbar(message) {
  const open = () => store.go({ thread: message.thread_ts ?? message.ts });
  return h('div', { class: 'toolbar' }, iconButton('thread', t('replyInThread'), { 'data-testid': 'reply-in-thread', on: { click: open } }));
}

function scopeOf(message, node) {
  const act = async (element, block, choice, control) => {
    if (!element.action_id) return;
    const release = makeBusy(node, control);
    try {
      await api.click({
        user: store.user.id, channel: message.channel ?? store.channel.id, ts: message.ts, action_id: element.action_id, block_id: block.block_id,
        confirm: false, ...choice,
      });
    } catch (failure) {
      toast(failureText(failure), { failed: true });
    } finally {
      release();
    }
  };
  return { key: message.ts, act };
}

// Nothing else can be clicked until the answer is there; a changed message is a new node, free of this.
function makeBusy(node, control) {
  const others = [...node.querySelectorAll('.content :is(button.button, select, input)')].filter((other) => !other.disabled);
  const focused = document.activeElement === control;
  others.forEach((other) => { other.disabled = true; });
  control.classList.add('busy');
  control.setAttribute('aria-busy', 'true');
  return () => {
    others.forEach((other) => { other.disabled = false; });
    control.classList.remove('busy');
    control.removeAttribute('aria-busy');
    if (focused && document.activeElement === document.body) control.focus({ preventScroll: true });
  };
}
