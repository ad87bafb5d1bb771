// Files of a message: pictures as thumbnails that open large, texts with their first lines, everything to download.

import { lightbox } from './dialogs.js';
import { h, icon } from './dom.js';
import { t } from './texts.js';

const PREVIEW_CHARACTERS = 4000;
const PREVIEWED_BYTES = 1_000_000;
const TEXTUAL = /^(text\/|application\/(json|x-?yaml|xml|x-sh))/;

export function fileUrl(file) {
  return file.url ?? `/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}`;
}

const titleOf = (file) => file.title || file.name;

export function fileCard(file) {
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.mimetype ?? '')) return imageFile(file);
  const card = h('div', { class: 'file-card', 'data-testid': 'file', 'data-file': file.id },
    h('span', { class: 'file-icon' }, icon('file')),
    h('span', { class: 'file-names' }, h('span', { class: 'file-title' }, titleOf(file)), h('span', { class: 'file-meta' }, meta(file))),
    downloadLink(file));
  if (!TEXTUAL.test(file.mimetype ?? '') || file.size > PREVIEWED_BYTES) return card;
  return h('div', { class: 'file-with-preview' }, card, preview(file));
}

function meta(file) {
  const kind = /\.([a-z0-9]{1,5})$/i.exec(file.name ?? '')?.[1].toUpperCase() ?? file.mimetype;
  return [kind, sizeText(file.size)].filter(Boolean).join(' · ');
}

function sizeText(bytes) {
  if (!Number.isFinite(bytes)) return '';
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(kilobytes < 10 ? 1 : 0)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

function downloadLink(file) {
  const label = `${t('download')} ${titleOf(file)}`;
  return h('a', { class: 'icon-button', href: fileUrl(file), download: file.name, 'aria-label': label, title: t('download') }, icon('download'));
}

function imageFile(file) {
  return h('figure', { class: 'image-file', 'data-testid': 'file', 'data-file': file.id },
    h('figcaption', null, h('span', { class: 'file-title' }, titleOf(file)), h('span', { class: 'file-meta' }, sizeText(file.size)), downloadLink(file)),
    picture(file.thumb ?? fileUrl(file), titleOf(file), 'block-image', { zoom: true, full: fileUrl(file) }));
}

/** An image that says so when it cannot be loaded; with `zoom` a click opens it large. */
export function picture(source, alt, className, { zoom = false, full = source } = {}) {
  const image = h('img', { class: className, alt: alt ?? '', src: source, loading: 'lazy', decoding: 'async' });
  const frame = zoom ? zoomable(image, alt, full) : image;
  const failed = () => frame.replaceWith(h('span', { class: 'image-missing', title: alt }, icon('warn'), alt || t('imageMissing')));
  image.addEventListener('error', failed);
  return frame;
}

function zoomable(image, alt, full) {
  return h('button', { type: 'button', class: 'thumbnail', 'data-testid': 'thumbnail', 'aria-label': t('openImage', alt ?? ''), on: { click: () => lightbox(full, alt ?? '') } }, image);
}

const previews = new Map();

function preview(file) {
  const text = h('pre', { class: 'file-preview', tabindex: '0', 'aria-label': `${t('preview')}: ${titleOf(file)}` });
  const url = fileUrl(file);
  if (!previews.has(url)) previews.set(url, fetch(url).then((response) => (response.ok ? response.text() : Promise.reject(response.status))));
  previews.get(url).then(
    (content) => { text.textContent = content.length > PREVIEW_CHARACTERS ? `${content.slice(0, PREVIEW_CHARACTERS)}…` : content; },
    () => { text.textContent = t('noPreview'); previews.delete(url); },
  );
  return text;
}
