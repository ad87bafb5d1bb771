import { api } from './api.js';
import { CommandCompletion } from './completion.js';
import { h, icon } from './dom.js';
import { kept, store } from './store.js';
import { failureText, t } from './texts.js';

const COARSE = matchMedia('(pointer: coarse)');

// What keeps a slash command from being tried at all; of everything else Slackbot tells in a message.
const UNSAID = new Set(['offline', 'user_not_found', 'channel_not_found', 'no_text', 'msg_too_long']);

/** The text field at the foot of a pane. `placeOf()` says where it writes: { channel, thread_ts? }; threads take no commands. */
export class Composer {
  constructor({ testid, sendTestid, placeOf, onSent, commands = false }) {
    this.placeOf = placeOf;
    this.onSent = onSent;
    this.input = h('textarea', {
      class: 'composer-input', rows: '1', 'data-testid': testid, autocomplete: 'off', spellcheck: 'true', enterkeyhint: 'send', 'aria-autocomplete': 'list',
      on: { input: () => this.#typed(), keydown: (event) => this.#key(event), blur: () => this.completion?.close() },
    });
    this.button = h('button', { type: 'button', class: 'send', 'data-testid': sendTestid, on: { click: () => this.send() } }, icon('send'));
    this.error = h('p', { class: 'composer-error', role: 'alert', hidden: true, 'data-testid': `${testid}-error` });
    this.completion = commands ? new CommandCompletion(this.input, () => this.#typed()) : null;
    this.element = h('div', { class: 'composer' }, this.completion?.element ?? [], this.error,
      h('div', { class: 'composer-box', on: { click: (event) => event.target === event.currentTarget && this.input.focus() } }, this.input, this.button));
  }

  /** Another place or another language: its own draft, its own words. */
  show(placeholder) {
    const key = this.#draftKey();
    if (key !== this.shownDraft) {
      this.shownDraft = key;
      this.input.value = kept.get(key) ?? '';
      this.#complain('');
      this.completion?.close();
    }
    this.input.placeholder = placeholder;
    this.input.setAttribute('aria-label', placeholder);
    this.button.setAttribute('aria-label', t('send'));
    this.button.title = t('send');
    this.#fit();
  }

  focus() {
    if (!COARSE.matches) this.input.focus({ preventScroll: true });
  }

  #draftKey() {
    const { channel, thread_ts: thread } = this.placeOf();
    return ['draft', store.user.id, channel, thread].filter(Boolean).join('.');
  }

  #typed() {
    kept.set(this.#draftKey(), this.input.value || null);
    this.#complain('');
    this.#fit();
    this.completion?.suggest();
  }

  #fit() {
    this.button.disabled = this.input.value.trim() === '';
    this.input.style.setProperty('height', 'auto');
    this.input.style.setProperty('height', `${this.input.scrollHeight}px`);
  }

  #key(event) {
    // Enter that ends an input method's composition (Chinese, Japanese) belongs to the input method.
    if (event.isComposing || event.keyCode === 229 || this.completion?.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.input.value.trim();
    if (text === '') return;
    const place = this.placeOf();
    const key = this.#draftKey();
    this.input.value = '';
    this.#typed();
    this.completion?.close();
    try {
      this.onSent();
      await api.say({ user: store.user.id, text, ...place });
    } catch (failure) {
      if (text.startsWith('/') && !UNSAID.has(failure.code)) return;
      if (this.#draftKey() === key && this.input.value === '') {
        this.input.value = text;
        this.#typed();
        this.completion?.close();
      }
      this.#complain(failureText(failure));
    }
  }

  #complain(text) {
    this.error.textContent = text;
    this.error.hidden = text === '';
  }
}
