// Every element of the page is made here. Foreign text only ever becomes a text node: there is no innerHTML anywhere.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes (`on` holds listeners) and children: nodes or plain text, nested arrays allowed. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'on') listen(element, value);
    else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...flat(children));
  return element;
}

function listen(element, listeners) {
  for (const [type, listener] of Object.entries(listeners)) {
    if (listener) element.addEventListener(type, listener);
  }
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

export function replaceChildren(element, ...children) {
  element.replaceChildren(...flat(children));
}

const ICONS = {
  menu: 'M4 6h16M4 12h16M4 18h16',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  hash: 'M9.500 4l-2 16M16.500 4l-2 16M4.500 9h16M3.500 15h16',
  send: 'M4 12l-.5-7.500L21 12 3.500 19.500 4 12zm0 0h8',
  thread: 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12.500h5',
  tools: 'M14.500 6.500a4 4 0 0 1 5.200-3l-2.700 2.700.8 2.300 2.300.8 2.700-2.700a4 4 0 0 1-5.500 4.600L9 19.500a2.100 2.100 0 0 1-3-3z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.700 1.700M17.300 17.300L19 19M19 5l-1.700 1.700M6.700 17.300L5 19',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  auto: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 3.500v17M12 8h7.500M12 12h8.500M12 16h7.500',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  download: 'M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14',
  file: 'M6 3h8l4.500 4.500V21H6zM14 3v5h4.500',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  down: 'M12 5v14M6 13l6 6 6-6',
  updown: 'M8 9.500L12 5.500l4 4M8 14.500l4 4 4-4',
  warn: 'M12 4l9.500 16.500h-19zM12 10v4.500M12 17.500v.01',
};

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A square button that shows only an icon; its label is read out and shown as tooltip. */
export function iconButton(name, label, attributes) {
  const { class: extra = '', ...rest } = attributes ?? {};
  return h('button', { type: 'button', class: `icon-button ${extra}`.trim(), 'aria-label': label, title: label, ...rest }, icon(name));
}

/** The url when it is absolute http(s), or nothing: javascript:, data: and the like never become a link. */
export function webUrl(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export function link(url, ...label) {
  const href = webUrl(url);
  if (!href) return h('span', null, ...label);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...label);
}
