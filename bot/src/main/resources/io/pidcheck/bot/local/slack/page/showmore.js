import { h } from './dom.js';
import { t } from './texts.js';

// What has been unfolded stays so while the message is edited.
const unfolded = new Set();

/** Folds a long content behind "Show more", as Slack does. */
export function showMore(content, key) {
  const button = h('button', { type: 'button', class: 'text-button show-more', 'data-testid': 'show-more' });
  const folded = h('div', { class: 'foldable' }, content);
  const draw = () => {
    const open = unfolded.has(key);
    folded.classList.toggle('folded', !open);
    button.textContent = t(open ? 'showLess' : 'showMore');
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => {
    if (!unfolded.delete(key)) unfolded.add(key);
    draw();
  });
  draw();
  return h('div', null, folded, button);
}
