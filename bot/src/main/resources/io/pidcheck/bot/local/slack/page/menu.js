import { h, icon } from './dom.js';

let open = null;

/**
 * A menu beside its button. Entries: { label, note?, before?, href?, checked?, attributes?, run() }.
 * Arrows move, Enter takes, Esc and a click elsewhere close.
 */
export function openMenu(anchor, label, entries) {
  const again = open?.anchor === anchor;
  open?.close();
  if (again) return;
  const items = entries.map((entry) => item(entry));
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'manual' }, h('div', { class: 'menu-title' }, label), items);
  const outside = (event) => !menu.contains(event.target) && !anchor.contains(event.target) && close();
  const close = () => {
    open = null;
    document.removeEventListener('pointerdown', outside, true);
    removeEventListener('resize', close);
    anchor.setAttribute('aria-expanded', 'false');
    if (menu.contains(document.activeElement)) anchor.focus({ preventScroll: true });
    menu.remove();
  };
  menu.addEventListener('keydown', (event) => keys(event, items, close));
  items.forEach((node, i) => node.addEventListener('click', () => {
    close();
    entries[i].run?.();
  }));
  open = { anchor, close };
  // A modal <dialog> makes everything outside it inert: its menus must live in it.
  (anchor.closest('dialog') ?? document.body).append(menu);
  menu.showPopover?.();
  place(menu, anchor);
  anchor.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  addEventListener('resize', close);
  (items.find((node) => node.getAttribute('aria-checked') === 'true') ?? items[0])?.focus({ preventScroll: true });
}

function item({ label, note, before, href, checked, attributes }) {
  const role = checked === undefined ? 'menuitem' : 'menuitemradio';
  const content = [before, h('span', { class: 'menu-label' }, label, note && h('span', { class: 'menu-note' }, note)), checked && icon('check')];
  const shared = { class: 'menu-item', role, tabindex: '-1', 'aria-checked': checked === undefined ? null : String(checked), ...attributes };
  return href ? h('a', { ...shared, href, target: '_blank', rel: 'noopener noreferrer' }, content) : h('button', { ...shared, type: 'button' }, content);
}

function keys(event, items, close) {
  const at = items.indexOf(document.activeElement);
  const target = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (target !== undefined) {
    event.preventDefault();
    items[target].focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}

// Below the button, or above it where there is more room; always within the window.
function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const edge = 8;
  const below = at.bottom + 4 + size.height <= innerHeight - edge;
  const top = below ? at.bottom + 4 : Math.max(edge, at.top - 4 - size.height);
  const left = Math.max(edge, Math.min(at.left, innerWidth - size.width - edge));
  menu.style.setProperty('top', `${top}px`);
  menu.style.setProperty('left', `${left}px`);
}
