import { h } from './dom.js';
import { store } from './store.js';
import { t } from './texts.js';

let lastId = 0;

/** The list over the composer once the text starts with "/": the workspace's commands, then the forms of the usage hint. */
export class CommandCompletion {
  #entries = [];
  #active = -1;

  constructor(input, onCompleted) {
    this.input = input;
    this.onCompleted = onCompleted;
    this.id = `completion-${++lastId}`;
    this.list = h('div', { class: 'completion-list', role: 'listbox', id: this.id });
    this.head = h('div', { class: 'completion-head' });
    this.element = h('div', { class: 'completion', hidden: true, 'data-testid': 'completion', on: { mousedown: (event) => event.preventDefault() } }, this.head, this.list);
    input.setAttribute('aria-controls', this.id);
  }

  suggest() {
    const text = this.input.value;
    const commands = store.workspace?.commands ?? [];
    const command = commands.find((candidate) => text.startsWith(`${candidate.command} `));
    if (command) this.#show(forms(command, text.slice(command.command.length + 1)), -1);
    else if (/^\/\S*$/.test(text)) this.#show(commands.filter((candidate) => candidate.command.startsWith(text)).map(whole), 0);
    else this.close();
  }

  close() {
    this.#show([], -1);
  }

  /** Whether the key was for this list. */
  key(event) {
    if (this.element.hidden || event.shiftKey) return false;
    const taken = this.#take(event.key);
    if (taken) event.preventDefault();
    return taken;
  }

  #take(key) {
    const count = this.#entries.length;
    if (key === 'ArrowDown') this.#activate((this.#active + 1) % count);
    else if (key === 'ArrowUp') this.#activate((this.#active <= 0 ? count : this.#active) - 1);
    else if (key === 'Escape') this.close();
    else if (key === 'Tab') return this.#complete(Math.max(this.#active, 0));
    // Enter completes only what is not yet typed in full: otherwise it sends.
    else if (key === 'Enter') return this.#complete(this.#active);
    else return false;
    return true;
  }

  #complete(index) {
    const entry = this.#entries[index];
    if (!entry || this.input.value.trimEnd() === entry.inserted.trimEnd()) return false;
    if (this.input.value.startsWith(entry.inserted)) return false;
    this.input.value = entry.inserted;
    this.input.focus();
    this.onCompleted();
    return true;
  }

  #show(entries, active) {
    this.#entries = entries;
    this.element.hidden = entries.length === 0;
    this.head.replaceChildren(h('span', null, t('commands')), h('span', { class: 'keys' }, t('commandKeys')));
    this.list.setAttribute('aria-label', t('commands'));
    this.list.replaceChildren(...entries.map((entry, i) => h('div', {
      class: 'completion-item', role: 'option', id: `${this.id}-${i}`, 'data-testid': 'completion-item', 'data-value': entry.inserted.trim(), on: { click: () => this.#complete(i) },
    }, h('span', { class: 'completion-form' }, entry.form.map(([text, fixed]) => h('span', { class: fixed ? 'fixed' : 'open' }, text))),
    entry.description && h('span', { class: 'completion-note' }, entry.description))));
    this.#activate(active);
  }

  #activate(index) {
    this.#active = index;
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
    if (index >= 0) {
      this.input.setAttribute('aria-activedescendant', `${this.id}-${index}`);
      this.list.children[index].scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }
}

function whole(command) {
  return { inserted: `${command.command} `, form: [[command.command, true], [` ${command.usage_hint ?? ''}`, false]], description: command.description };
}

/** "node <name> | help" gives two forms; those that the typed words can still become are offered. */
function forms(command, typed) {
  return alternatives(command.usage_hint).filter((form) => fits(form, typed)).map((form) => {
    const fixed = form.words.slice(0, form.fixed).join(' ');
    const open = form.words.slice(form.fixed).join(' ');
    return {
      inserted: `${command.command} ${fixed}${open && fixed ? ' ' : ''}`,
      form: [[`${command.command} ${fixed}`, true], [open ? ` ${open}` : '', false]],
    };
  });
}

// Bars inside <..> or [..] are choices of one argument, not forms of the command.
function alternatives(hint) {
  return (hint ?? '').split(/\|(?![^<[]*[>\]])/).map((form) => form.trim().split(/\s+/).filter(Boolean)).filter((words) => words.length > 0)
    .map((words) => {
      const open = words.findIndex((word) => /^[<[{]/.test(word));
      return { words, fixed: open < 0 ? words.length : open };
    });
}

function fits({ words, fixed }, typed) {
  const given = typed.split(/\s+/);
  const typing = given.pop();
  if (given.length >= words.length && typing !== '') return false;
  if (given.length > words.length) return false;
  return given.every((word, i) => i >= fixed || words[i] === word) && (given.length >= fixed || words[given.length].startsWith(typing));
}
