// A Slack timestamp is "seconds.microseconds" since 1970: it is a message's identity and its time.

import { language, t } from './texts.js';

export function dateOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

export function byTs(a, b) {
  return Number.parseFloat(a.ts) - Number.parseFloat(b.ts);
}

const formats = new Map();

function formatted(date, options) {
  const key = language() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language(), options));
  return formats.get(key).format(date);
}

export function clock(ts) {
  return formatted(dateOf(ts), { hour: 'numeric', minute: '2-digit' });
}

/** Hours and minutes only, for the narrow gutter beside a grouped message. */
export function shortClock(ts) {
  return clock(ts).replace(/\s?[AP]M$/i, '');
}

export function fullDate(ts) {
  return formatted(dateOf(ts), { dateStyle: 'full', timeStyle: 'medium' });
}

export function dayKey(ts) {
  const date = dateOf(ts);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

export function dayLabel(ts) {
  return prettyDay(dateOf(ts)) ?? longDay(dateOf(ts));
}

function longDay(date) {
  const thisYear = date.getFullYear() === new Date().getFullYear();
  return formatted(date, { weekday: 'long', month: 'long', day: 'numeric', ...(thisYear ? {} : { year: 'numeric' }) });
}

function prettyDay(date) {
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  return { 0: t('today'), 1: t('yesterday'), '-1': t('tomorrow') }[days];
}

/** "5 minutes ago", for the last reply of a thread. */
export function ago(ts) {
  const seconds = Math.max(0, (Date.now() - dateOf(ts).getTime()) / 1000);
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  if (seconds < 60) return t('justNow');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  return relative.format(-Math.floor(seconds / 86_400), 'day');
}

// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const TOKENS = {
  date_num: (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-'),
  date: (date) => formatted(date, { dateStyle: 'long' }),
  date_short: (date) => formatted(date, { dateStyle: 'medium' }),
  date_long: (date) => formatted(date, { dateStyle: 'full' }),
  date_pretty: (date) => prettyDay(date) ?? TOKENS.date(date),
  date_short_pretty: (date) => prettyDay(date) ?? TOKENS.date_short(date),
  date_long_pretty: (date) => prettyDay(date) ?? TOKENS.date_long(date),
  time: (date) => formatted(date, { hour: 'numeric', minute: '2-digit' }),
  time_secs: (date) => formatted(date, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago: (date) => ago(date.getTime() / 1000),
};

/** The text of `<!date^seconds^format|fallback>`; the fallback where the seconds or a token make no sense. */
export function slackDate(seconds, format, fallback) {
  const date = new Date(Number(seconds) * 1000);
  if (!/^\d+$/.test(seconds) || Number.isNaN(date.getTime())) return fallback;
  return format.replace(/\{(\w+)\}/g, (token, name) => (Object.hasOwn(TOKENS, name) ? TOKENS[name](date) : token));
}
