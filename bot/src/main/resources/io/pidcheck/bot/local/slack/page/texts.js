// The page's own words. The workspace's messages bring theirs.

const en = {
  channels: 'Channels', directMessages: 'Direct messages', menu: 'Open the sidebar', closeMenu: 'Close the sidebar',
  botOnline: 'connected', botOffline: 'not connected',
  switchUser: 'Act as someone else', switchTitle: 'Act as',
  theme: { auto: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  messagesOf: (name) => `Messages in ${name}`, messageTo: (name) => `Message ${name}`, reply: 'Reply…', send: 'Send',
  newMessages: (n) => (n === 1 ? '1 new message' : `${n} new messages`), latest: 'Jump to the latest message',
  thread: 'Thread', closeThread: 'Close the thread', replyInThread: 'Reply in thread',
  replies: (n) => (n === 1 ? '1 reply' : `${n} replies`), lastReply: (when) => `Last reply ${when}`, viewThread: 'View thread',
  edited: '(edited)', onlyYou: 'Only visible to you', dismiss: 'Dismiss message', app: 'APP',
  today: 'Today', yesterday: 'Yesterday', tomorrow: 'Tomorrow', justNow: 'just now',
  showMore: 'Show more', showLess: 'Show less', more: 'More actions',
  download: 'Download', openImage: (name) => `Open ${name}`, imageMissing: 'This image cannot be shown', close: 'Close',
  noPreview: 'The preview could not be loaded.', preview: 'Preview',
  confirm: 'Yes', deny: 'Cancel', submit: 'Submit', cancel: 'Cancel', choose: 'Choose an option', optional: '(optional)',
  required: 'Please fill in this field.', tooShort: (n) => `At least ${n} characters, please.`,
  commands: 'Commands', commandKeys: 'Tab to complete, Enter to send',
  emptyChannel: (name) => `This is the very beginning of ${name}`,
  emptyHint: (command) => `Try ${command} to see what is there.`, emptyPlain: 'Nothing has been said here yet.',
  lost: 'The workspace cannot be reached. Trying again…', threadGone: 'This thread is no longer there.',
  unsupported: (type) => `A block of type “${type}” is not drawn here.`,
  controls: 'Controls', controlsTitle: 'Test controls', controlsNote: 'Not part of Slack: these pull strings behind the local workspace.',
  cluster: 'Cluster', restartCalico: 'Restart calico-node', rolloutCalico: 'Roll out calico-node', faults: 'Faults in Slack', apiList: 'JSON control API', notInSlack: 'local only',
  fault: {
    limit: 'Answer the next 3 chat.update with 429 (Retry-After 3 s)', fail: 'Fail the next 3 chat.update (internal_error)',
    slow: 'Make every Web API method 2 s slow', drop: 'Drop the bot’s socket', refresh: 'Ask the bot to reconnect its socket',
    refuse: 'Drop the socket and refuse new ones', clear: 'Clear all faults',
  },
  activeFaults: 'Active now:', noFaults: 'No fault is active.', refusing: 'sockets are refused',
  done: 'Done', doneCalico: 'calico-node is being restarted.', doneRollout: 'calico-node is being replaced: no restart.',
  roles: { 'on-call engineer': 'On-call engineer', 'second engineer': 'Second engineer', 'guest, no rights': 'Guest, no rights' },
  failed: (code) => `That did not work (${code}).`,
  errors: {
    offline: 'The local workspace cannot be reached. Is pidcheck still running?',
    dispatch_failed: 'pidcheck did not take this: the app is not connected or refused it.',
    operation_timeout: 'pidcheck did not answer within 3 seconds.',
    not_connected: 'pidcheck is not connected to this workspace.',
    no_connection: 'pidcheck is not connected to this workspace.',
    message_not_found: 'This message is no longer there.',
    action_not_found: 'This button is no longer there: the message has changed.',
    channel_not_found: 'This channel does not exist.',
    user_not_found: 'This user does not exist.',
    view_not_found: 'This window has already been closed.',
    expired_trigger_id: 'This took too long: please click once more.',
    ratelimited: 'Too many requests: please wait a moment.',
    no_text: 'There is nothing to send.',
    msg_too_long: 'This message is too long.',
    thread_not_found: 'This thread is no longer there.',
    not_confirmed: 'This has to be confirmed first.',
    option_not_found: 'This choice is no longer there: the message has changed.',
    view_not_on_top: 'Another window lies over this one.',
    invalid_view: 'pidcheck answered with a window that Slack would refuse.',
    action_failed: 'That did not work: the log of pidcheck says why.',
    not_found: 'This is not available in this workspace.',
  },
};

const zh = {
  channels: '频道', directMessages: '私信', menu: '打开侧边栏', closeMenu: '收起侧边栏',
  botOnline: '已连接', botOffline: '未连接',
  switchUser: '切换身份', switchTitle: '切换身份',
  theme: { auto: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
  messagesOf: (name) => `${name} 的消息`, messageTo: (name) => `发消息到 ${name}`, reply: '回复…', send: '发送',
  newMessages: (n) => `${n} 条新消息`, latest: '跳到最新消息',
  thread: '消息列', closeThread: '关闭消息列', replyInThread: '在消息列中回复',
  replies: (n) => `${n} 条回复`, lastReply: (when) => `最后回复：${when}`, viewThread: '查看消息列',
  edited: '（已编辑）', onlyYou: '仅对你可见', dismiss: '忽略此消息', app: '应用',
  today: '今天', yesterday: '昨天', tomorrow: '明天', justNow: '刚刚',
  showMore: '展开', showLess: '收起', more: '更多操作',
  download: '下载', openImage: (name) => `打开 ${name}`, imageMissing: '图片无法显示', close: '关闭',
  noPreview: '预览加载失败。', preview: '预览',
  confirm: '确定', deny: '取消', submit: '提交', cancel: '取消', choose: '请选择', optional: '（选填）',
  required: '请填写此项。', tooShort: (n) => `至少输入 ${n} 个字符。`,
  commands: '命令', commandKeys: '按 Tab 补全，按 Enter 发送',
  emptyChannel: (name) => `这里是 ${name} 的开端`,
  emptyHint: (command) => `输入 ${command} 看看能做什么。`, emptyPlain: '这里还没有消息。',
  lost: '无法连接到工作区，正在重试…', threadGone: '这条消息列已不存在。',
  unsupported: (type) => `此处无法显示“${type}”类型的内容块。`,
  controls: '控制台', controlsTitle: '测试控制台', controlsNote: '这不是 Slack 的功能，用来在幕后操纵本地工作区。',
  cluster: '集群', restartCalico: '重启 calico-node', rolloutCalico: '滚动更新 calico-node', faults: '模拟 Slack 故障', apiList: 'JSON 控制接口', notInSlack: '仅限本地',
  fault: {
    limit: '接下来 3 次 chat.update 返回 429（Retry-After 3 秒）', fail: '接下来 3 次 chat.update 失败（internal_error）',
    slow: '所有 Web API 方法延迟 2 秒', drop: '断开机器人的 Socket 连接', refresh: '要求机器人重新建立 Socket 连接',
    refuse: '断开连接并拒绝重连', clear: '清除所有故障',
  },
  activeFaults: '当前生效：', noFaults: '当前没有故障。', refusing: '拒绝 Socket 连接',
  done: '已完成', doneCalico: '正在重启 calico-node。', doneRollout: '正在替换 calico-node（不算重启）。',
  roles: { 'on-call engineer': '值班工程师', 'second engineer': '后备值班工程师', 'guest, no rights': '访客，无权限' },
  failed: (code) => `操作失败（${code}）。`,
  errors: {
    offline: '无法连接到本地工作区，请确认 pidcheck 仍在运行。',
    dispatch_failed: 'pidcheck 没有接收这次操作：应用未连接，或拒绝了请求。',
    operation_timeout: 'pidcheck 未在 3 秒内响应。',
    not_connected: 'pidcheck 尚未连接到此工作区。',
    no_connection: 'pidcheck 尚未连接到此工作区。',
    message_not_found: '这条消息已不存在。',
    action_not_found: '消息已更新，这个按钮已不存在。',
    channel_not_found: '该频道不存在。',
    user_not_found: '该用户不存在。',
    view_not_found: '这个窗口已经关闭。',
    expired_trigger_id: '操作超时，请重新点击。',
    ratelimited: '请求过于频繁，请稍候再试。',
    no_text: '没有可发送的内容。',
    msg_too_long: '消息过长。',
    thread_not_found: '这条消息列已不存在。',
    not_confirmed: '此操作需要先确认。',
    option_not_found: '消息已更新，这个选项已不存在。',
    view_not_on_top: '这个窗口被另一个窗口挡住了。',
    invalid_view: 'pidcheck 返回的窗口不符合 Slack 的要求。',
    action_failed: '操作失败，原因请查看 pidcheck 的日志。',
    not_found: '此工作区不支持该操作。',
  },
};

let locale = navigator.language.startsWith('zh') ? 'zh-CN' : 'en-US';

/** The acting user's locale, for dates and for `lang`. */
export function language() {
  return locale;
}

export function speak(newLocale) {
  locale = newLocale || 'en-US';
  document.documentElement.lang = locale;
}

/** A text of the page in the acting user's language; `key` may name a nested one ("fault.limit"). */
export function t(key, ...values) {
  const words = locale.toLowerCase().startsWith('zh') ? zh : en;
  const text = key.split('.').reduce((node, part) => node?.[part], words);
  return typeof text === 'function' ? text(...values) : text;
}

/** What went wrong, for a person; a server that already says it in a sentence is quoted. */
export function failureText(failure) {
  const code = failure?.code ?? failure?.message ?? String(failure);
  return t(`errors.${code}`) ?? (/\s/.test(code) ? code : t('failed', code));
}
