import { h } from './dom.js';
import { hashOf, store } from './store.js';

const BROADCASTS = { here: '@here', channel: '@channel', everyone: '@everyone' };

/** @name of a user, a user group or everybody; marked where the acting user is meant. */
export function mention(kind, id, label) {
  const { text, mine } = MENTIONS[kind](id, label);
  return h('span', { class: mine ? 'mention mention-me' : 'mention', 'data-mention': id }, text);
}

const MENTIONS = {
  user: (id, label) => ({ text: `@${store.author(id)?.name ?? (label || id)}`, mine: id === store.user?.id }),
  usergroup: (id, label) => ({ text: groupName(id, label), mine: false }),
  broadcast: (range) => ({ text: BROADCASTS[range] ?? `@${range}`, mine: true }),
};

function groupName(id, label) {
  const known = store.workspace?.usergroups?.find((group) => group.id === id);
  const name = known?.handle ?? (label || id);
  return name.startsWith('@') ? name : `@${name}`;
}

export function channelLink(id, label) {
  const channel = store.channels().find((candidate) => candidate.id === id);
  const name = `#${channel?.name ?? (label || id)}`;
  if (!channel) return h('span', { class: 'mention' }, name);
  return h('a', { class: 'mention', href: hashOf({ channel: id }) }, name);
}
