// The control API of the local workspace, the only thing this page talks to.

/** A call that did not work: `code` is Slack's or the server's error name, or "offline". */
export class ApiFailure extends Error {
  constructor(code, details = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    throw new ApiFailure('offline');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false) throw new ApiFailure(answer.error ?? `http_${response.status}`, answer);
  return answer;
}

const query = (parameters) => new URLSearchParams(parameters).toString();

export const api = {
  workspace: () => call('GET', '/control/workspace'),
  messages: (channel, user) => call('GET', `/control/messages?${query({ channel, user })}`),
  views: (user) => call('GET', `/control/views?${query({ user })}`),
  say: (message) => call('POST', '/control/say', message),
  click: (click) => call('POST', '/control/click', click),
  submit: (submission) => call('POST', '/control/submit', submission),
  close: (view) => call('POST', '/control/close', view),
  restartCalico: () => call('POST', '/control/calico/restart', {}),
  rolloutCalico: () => call('POST', '/control/calico/rollout', {}),
  faults: (faults) => call('POST', '/control/faults', faults),
  activeFaults: () => call('GET', '/control/faults'),
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/** Follows /control/events for ever. `open` runs at every (re)connection, `lost` at every break. */
export function followEvents({ open, lost, ...listeners }) {
  let pause = FIRST_PAUSE_MS;
  const connect = () => {
    const source = new EventSource('/control/events');
    source.addEventListener('open', () => {
      pause = FIRST_PAUSE_MS;
      open();
    });
    // Left alone, an EventSource gives up for good when the server answers anything but a stream.
    source.addEventListener('error', () => {
      source.close();
      lost();
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    for (const [type, listener] of Object.entries(listeners)) {
      source.addEventListener(type, (event) => listener(JSON.parse(event.data)));
    }
  };
  connect();
}
