// Slack's mrkdwn, text to nodes: https://docs.slack.dev/messaging/formatting-message-text

import { h, link } from './dom.js';
import { EMOJI_NAME, emojiOf } from './emoji.js';
import { channelLink, mention } from './mentions.js';
import { slackDate } from './time.js';

const STYLES = { '*': 'strong', _: 'em', '~': 's' };
const WORD = /[\p{L}\p{N}]/u;
const BARE_URL = /https?:\/\/[^\s<>|"'`*~]*[^\s<>|"'`*~.,;:!?)\]]/y;
const DEEPEST = 5;
// The longest text Slack takes in one section: nothing further away can close a style, so hostile text stays cheap.
const LONGEST = 3000;

/** The nodes of a mrkdwn text. `verbatim` leaves bare urls alone, as the text object's field of that name does. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const fragment = document.createDocumentFragment();
  String(text ?? '').split(/```/).forEach((part, i, parts) => {
    const fenced = i % 2 === 1 && i < parts.length - 1;
    const unclosed = i % 2 === 1 && !fenced;
    if (fenced) fragment.append(preformatted(part));
    else appendLines(fragment, unclosed ? '```' + part : trimmedAround(part, i, parts.length), verbatim);
  });
  return fragment;
}

// A fence stands on its own lines: the line breaks next to it would only draw empty lines.
function trimmedAround(part, i, count) {
  const head = i > 0 ? part.replace(/^\n/, '') : part;
  return i < count - 1 ? head.replace(/\n$/, '') : head;
}

function preformatted(text) {
  const pre = h('pre', { tabindex: '0' });
  pre.append(...literal(text.replace(/^\n|\n$/g, '')));
  return pre;
}

function appendLines(parent, text, verbatim) {
  let quote = null;
  let rest = false;
  let plain = [];
  const flush = () => {
    if (plain.length > 0) parent.append(...inline(plain.join('\n'), verbatim));
    plain = [];
  };
  for (const line of text === '' ? [] : text.split('\n')) {
    const quoted = rest ? [line, line] : /^(?:&gt;|>) ?(.*)$/s.exec(line);
    const restOfText = /^(?:&gt;|>){3} ?(.*)$/s.exec(line);
    if (!rest && restOfText) rest = true;
    if (quoted) {
      flush();
      if (quote) quote.append('\n');
      else parent.append((quote = h('blockquote')));
      quote.append(...inline(restOfText ? restOfText[1] : quoted[1], verbatim));
    } else {
      quote = null;
      plain.push(line);
    }
  }
  flush();
}

/** Nodes of one stretch of text without fences and quotes. */
function inline(text, verbatim, depth = 0) {
  const nodes = [];
  let plain = '';
  let i = 0;
  const add = (node, length) => {
    if (plain) nodes.push(plain);
    plain = '';
    nodes.push(node);
    i += length;
  };
  while (i < text.length) {
    const found = special(text, i) ?? code(text, i) ?? styled(text, i, verbatim, depth) ?? emojiAt(text, i)
      ?? (verbatim ? undefined : bareUrl(text, i));
    if (found) {
      add(found.node, found.length);
      continue;
    }
    const entity = /^&(amp|lt|gt);/.exec(text.slice(i, i + 5));
    plain += entity ? { amp: '&', lt: '<', gt: '>' }[entity[1]] : text[i];
    i += entity ? entity[0].length : 1;
  }
  if (plain) nodes.push(plain);
  return nodes;
}

/** Code and preformatted text: only links and entities mean something. */
function literal(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(/<([^<>\n]+)>/g)) {
    const node = angled(match[1]);
    if (!node) continue;
    nodes.push(unescaped(text.slice(from, match.index)), node);
    from = match.index + match[0].length;
  }
  nodes.push(unescaped(text.slice(from)));
  return nodes;
}

export function unescaped(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name]);
}

function special(text, i) {
  if (text[i] !== '<') return undefined;
  const end = text.indexOf('>', i);
  if (end < 0 || end - i > LONGEST) return undefined;
  const node = angled(text.slice(i + 1, end));
  return node && { node, length: end - i + 1 };
}

function angled(inner) {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(inner.slice(bar + 1));
  if (/^@[UWB][A-Z0-9]*$/.test(target)) return mention('user', target.slice(1), label);
  if (/^#[CGD][A-Z0-9]*$/.test(target)) return channelLink(target.slice(1), label);
  if (/^!(here|channel|everyone)$/.test(target)) return mention('broadcast', target.slice(1), label);
  if (target.startsWith('!subteam^')) return mention('usergroup', target.slice(9), label);
  if (target.startsWith('!date^')) return dateNode(target, label);
  if (/^https?:\/\//i.test(target)) return link(unescaped(target), label || unescaped(target));
  if (/^mailto:/i.test(target)) return h('span', null, label || target.slice(7));
  return undefined;
}

function dateNode(target, fallback) {
  const [, seconds, format = '{date}', url] = target.split('^');
  const time = h('time', { title: fallback }, slackDate(seconds, unescaped(format), fallback));
  return url ? link(unescaped(url), time) : time;
}

function code(text, i) {
  if (text[i] !== '`') return undefined;
  const end = text.indexOf('`', i + 1);
  if (end <= i + 1) return undefined;
  const content = text.slice(i + 1, end);
  if (content.includes('\n')) return undefined;
  return { node: h('code', null, literal(content)), length: end - i + 1 };
}

function styled(text, i, verbatim, depth) {
  const mark = text[i];
  if (!(mark in STYLES) || depth >= DEEPEST || !opens(text, i)) return undefined;
  const end = closing(text, i, mark);
  if (end < 0) return undefined;
  const children = inline(text.slice(i + 1, end), verbatim, depth + 1);
  return { node: h(STYLES[mark], null, children), length: end - i + 1 };
}

function opens(text, i) {
  const before = text[i - 1];
  const after = text[i + 1];
  return (before === undefined || !WORD.test(before)) && after !== undefined && !/\s/.test(after) && after !== text[i];
}

function closing(text, start, mark) {
  const last = Math.min(text.length, start + LONGEST);
  for (let i = start + 1; i < last && text[i] !== '\n'; i++) {
    if (text[i] === '`') i = afterCode(text, i);
    else if (text[i] === mark && !/\s/.test(text[i - 1]) && !WORD.test(text[i + 1] ?? ' ')) return i;
  }
  return -1;
}

function afterCode(text, i) {
  const end = text.indexOf('`', i + 1);
  return end < 0 ? i : end;
}

function emojiAt(text, i) {
  EMOJI_NAME.lastIndex = i;
  const match = text[i] === ':' && EMOJI_NAME.exec(text);
  const character = match && emojiOf(match[1]);
  return character ? { node: emojiNode(match[1], character), length: match[0].length } : undefined;
}

function bareUrl(text, i) {
  BARE_URL.lastIndex = i;
  const match = text[i] === 'h' && BARE_URL.exec(text);
  return match ? { node: link(unescaped(match[0]), unescaped(match[0])), length: match[0].length } : undefined;
}

export function emojiNode(name, character) {
  return h('span', { class: 'emoji', role: 'img', 'aria-label': `:${name}:`, title: `:${name}:` }, character);
}

/** A plain_text object: no mark-up, no mentions; emoji names only where the object asks for them. */
export function plainText(text, { emoji = false } = {}) {
  const source = String(text ?? '');
  if (!emoji) return [source];
  const nodes = [];
  let from = 0;
  for (let i = source.indexOf(':'); i >= 0; i = source.indexOf(':', i)) {
    const found = emojiAt(source, i);
    if (found) {
      nodes.push(source.slice(from, i), found.node);
      from = i + found.length;
    }
    i = found ? from : i + 1;
  }
  return [...nodes, source.slice(from)];
}

/** Either kind of Block Kit text object. */
export function textObject(object) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? [mrkdwn(object.text, object)] : plainText(object.text, { emoji: object.emoji === true });
}

/** What a mrkdwn text says, without its mark-up: for announcements and file titles. */
export function spoken(text) {
  return mrkdwn(text).textContent.replace(/\s+/g, ' ').trim();
}
