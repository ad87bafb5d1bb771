// What the page knows: the workspace, who acts, what is open, the messages. The server owns the messages; the address
// (#/user/channel/thread) and localStorage own the rest, so that a reload shows the same thing again.

import { api, followEvents } from './api.js';
import { byTs } from './time.js';

const REMEMBERED_DISMISSALS = 200;
const RETRY_MS = 1000;

/** A value kept in the browser; where storage is switched off it lives as long as the page. */
export const kept = {
  fallback: new Map(),
  get(key) {
    try {
      return localStorage.getItem(`pidcheck.${key}`);
    } catch {
      return this.fallback.get(key) ?? null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(`pidcheck.${key}`);
      else localStorage.setItem(`pidcheck.${key}`, value);
    } catch {
      this.fallback.set(key, value);
    }
  },
};

/** Emits: workspace, place (user, channel or thread changed), messages, arrived, connection, online, views. */
class Store extends EventTarget {
  workspace = null;
  user = null;
  channel = null;
  threadTs = null;
  /** whether this page hears the server */
  online = true;
  /** whether the bot is connected to the workspace */
  connected = false;
  views = [];
  unread = new Map();
  #messages = new Map();
  #loading = new Map();
  #dismissed = new Set(kept.get('dismissed')?.split(' '));

  async start() {
    addEventListener('hashchange', () => this.#enter());
    followEvents({
      open: () => this.#caughtUp(),
      lost: () => this.#setOnline(false),
      message: ({ channel, message }) => this.#receive(channel, message),
      deleted: ({ channel, ts }) => this.#receive(channel, { ts, deleted: true }),
      view: ({ user }) => user === this.user?.id && this.loadViews(),
      connection: ({ connected }) => this.#setConnected(connected),
    });
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail));
  }

  // The stream is (again) open: whatever happened while it was not is read afresh.
  async #caughtUp() {
    try {
      this.workspace = await api.workspace();
    } catch {
      setTimeout(() => this.#caughtUp(), RETRY_MS);
      return;
    }
    this.#setConnected(this.workspace.bot?.connected === true);
    this.#setOnline(true);
    this.emit('workspace');
    this.#enter(true);
  }

  #setOnline(online) {
    this.online = online;
    this.emit('online');
  }

  #setConnected(connected) {
    this.connected = connected;
    this.emit('connection');
  }

  /** Channels that the acting user sees: a DM belongs to one person. */
  channels(user = this.user) {
    return (this.workspace?.channels ?? []).filter((channel) => !channel.is_im || channel.user === user?.id);
  }

  author(id) {
    const bot = this.workspace?.bot;
    if (bot && (id === bot.user_id || id === bot.bot_id)) return { id, name: bot.name, app: true };
    if (id === 'USLACKBOT') return { id, name: 'Slackbot', slackbot: true };
    const user = this.workspace?.users.find((candidate) => candidate.id === id);
    return user && { ...user, name: user.real_name || user.name };
  }

  go(place, { replace = false } = {}) {
    const hash = hashOf(place);
    if (hash === location.hash) return;
    if (replace) {
      history.replaceState(null, '', hash);
      this.#enter();
    } else location.hash = hash;
  }

  async #enter(refresh = false) {
    if (!this.workspace) return;
    const [userId, channelId, threadTs] = location.hash.replace(/^#\/?/, '').split('/');
    const user = this.#userOf(userId) ?? this.#userOf(kept.get('user')) ?? this.workspace.users[0];
    const visible = this.channels(user);
    const channel = visible.find(({ id }) => id === (channelId || kept.get('channel'))) ?? visible[0];
    const sameUser = user?.id === this.user?.id;
    const sameChannel = sameUser && channel?.id === this.channel?.id;
    this.user = user;
    this.channel = channel;
    this.threadTs = channel && threadTs && channelId === channel.id ? threadTs : null;
    kept.set('user', user.id);
    kept.set('channel', channel.id);
    const hash = hashOf({});
    if (location.hash !== hash) history.replaceState(null, '', hash);
    if (!sameUser) this.unread.clear();
    this.unread.delete(channel.id);
    if (refresh || !sameUser) this.#messages.clear();
    this.emit('place', { sameUser, sameChannel });
    if (refresh || !sameChannel) await this.#load(channel.id);
    if (refresh || !sameUser) await this.loadViews();
  }

  #userOf(id) {
    return this.workspace.users.find((user) => user.id === id);
  }

  // An event that arrives while the list is being fetched may be newer than the list: it is applied once more after it.
  async #load(channel) {
    const heard = [];
    this.#loading.set(channel, heard);
    const user = this.user.id;
    try {
      const { messages = [] } = await api.messages(channel, user);
      if (user !== this.user.id) return;
      this.#messages.set(channel, new Map(messages.map((message) => [message.ts, message])));
      heard.forEach((message) => this.#apply(channel, message));
      this.emit('messages', { channel, loaded: true });
    } catch (failure) {
      this.emit('failure', failure);
    } finally {
      if (this.#loading.get(channel) === heard) this.#loading.delete(channel);
    }
  }

  #receive(channel, message) {
    const known = this.#messages.get(channel)?.has(message.ts);
    this.#loading.get(channel)?.push(message);
    this.#apply(channel, message);
    const forMe = !message.ephemeral_to || message.ephemeral_to === this.user?.id;
    if (!known && !message.deleted && forMe && message.user !== this.user?.id && channel !== this.channel?.id) {
      this.unread.set(channel, (this.unread.get(channel) ?? 0) + 1);
      this.emit('unread');
    }
    this.emit('messages', { channel });
    if (!message.deleted && forMe && channel === this.channel?.id) this.emit('arrived', { message, edit: known });
  }

  #apply(channel, message) {
    const messages = this.#messages.get(channel);
    if (!messages) return;
    if (message.deleted) messages.delete(message.ts);
    else messages.set(message.ts, message);
  }

  /** All messages of the open channel that the acting user may see, thread replies included, oldest first. */
  messages() {
    const all = [...(this.#messages.get(this.channel?.id)?.values() ?? [])];
    return all.filter((message) => this.#visible(message)).sort(byTs);
  }

  isLoaded() {
    return this.#messages.has(this.channel?.id);
  }

  #visible(message) {
    if (!message.ephemeral_to) return true;
    return message.ephemeral_to === this.user.id && !this.#dismissed.has(message.ts);
  }

  dismiss(ts) {
    this.#dismissed.add(ts);
    kept.set('dismissed', [...this.#dismissed].slice(-REMEMBERED_DISMISSALS).join(' '));
    this.emit('messages', { channel: this.channel.id });
  }

  /** A file by its id: image blocks name files that another message may hold. */
  file(id) {
    for (const messages of this.#messages.values()) {
      for (const message of messages.values()) {
        const file = message.files?.find((candidate) => candidate.id === id);
        if (file) return file;
      }
    }
    return undefined;
  }

  async loadViews() {
    const user = this.user.id;
    try {
      const { views = [] } = await api.views(user);
      if (user !== this.user.id) return;
      this.views = views;
      this.emit('views');
    } catch (failure) {
      this.emit('failure', failure);
    }
  }
}

export const store = new Store();

/** The address of a place; what is not named stays as it is, but a thread belongs to its channel. */
export function hashOf({ user = store.user?.id, channel, thread }) {
  const inChannel = channel ?? store.channel?.id;
  const inThread = thread === undefined && channel === undefined ? store.threadTs : thread;
  return `#/${[user, inChannel, inThread].filter(Boolean).join('/')}`;
}
