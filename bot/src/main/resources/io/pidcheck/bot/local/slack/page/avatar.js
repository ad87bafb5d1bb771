import { h } from './dom.js';

const CJK = /[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]/;

/** A rounded square: the app's own picture, or a person's initials on their colour. */
export function avatar(author, size = 'large') {
  if (author?.app) return h('img', { class: `avatar ${size}`, src: 'favicon.svg', alt: '' });
  const square = h('span', { class: `avatar ${size}${author?.slackbot ? ' slackbot' : ''}`, 'aria-hidden': 'true' }, initials(author?.name ?? '?'));
  const color = /^#?([0-9a-f]{6})$/i.exec(author?.color ?? '')?.[1];
  if (color) {
    square.style.setProperty('background', `#${color}`);
    square.style.setProperty('color', luminance(color) > 0.35 ? '#1d1c1d' : '#fff');
  }
  return square;
}

// A Chinese family name stands first and is one character; others get the first letters of two words.
function initials(name) {
  if (CJK.test(name)) return name.trim()[0];
  return name.trim().split(/[\s._-]+/).slice(0, 2).map((word) => word[0] ?? '').join('').toUpperCase();
}

function luminance(hex) {
  const channel = (i) => (Number.parseInt(hex.slice(i, i + 2), 16) / 255) ** 2.2;
  return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
}
