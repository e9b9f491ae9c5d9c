// What the page says, in each language it speaks.
const words = {
  en: {
    messages: 'Messages', phone: 'Phone', textLabel: 'Text to the company', send: 'Send', speechLabel: 'What you say',
    say: 'Say', call: 'Call', hangUp: 'Hang up', answer: 'Answer', decline: 'Decline', pad: 'Keys',
    whenCalled: 'When called', ring: 'Ring', autoAnswer: 'Answer by itself', busy: 'Busy', noAnswer: 'Nobody answers',
    empty: 'No messages yet.', writeHere: 'Write a message', sayHere: 'Say something', company: 'Company',
    connecting: 'Connecting…', online: 'Connected', offline: 'No connection, trying again…',
    ready: 'Ready to call', ringingIn: 'Incoming call', ringingOut: 'Calling…', listening: 'Listen', asked: 'Press a key or speak',
    recording: 'Recording, speak after the beep', queued: 'Waiting in the queue', connected: 'In conversation',
    conference: 'In conversation', held: 'On hold', ended: 'Call ended', muted: 'muted', line: 'Line', self: 'You', other: 'Other',
    failed: 'That did not work.', wrongNumber: 'Add ?number=+15551230001 to the address to pick a handset.',
  },
  zh: {
    messages: '短信', phone: '电话', textLabel: '发给公司的短信', send: '发送', speechLabel: '您说的话',
    say: '说', call: '呼叫', hangUp: '挂断', answer: '接听', decline: '拒接', pad: '按键',
    whenCalled: '来电时', ring: '响铃', autoAnswer: '自动接听', busy: '占线', noAnswer: '无人接听',
    empty: '还没有短信。', writeHere: '输入短信', sayHere: '说点什么', company: '公司',
    connecting: '正在连接…', online: '已连接', offline: '连接已断开，正在重试…',
    ready: '可以拨打', ringingIn: '来电', ringingOut: '正在呼叫…', listening: '请听', asked: '请按键或说话',
    recording: '正在录音，请在提示音后说话', queued: '排队等候中', connected: '通话中',
    conference: '通话中', held: '保持中', ended: '通话结束', muted: '已静音', line: '线路', self: '您', other: '对方',
    failed: '操作失败。', wrongNumber: '请在地址后加上 ?number=+15551230001 来选择一部电话。',
  },
}

const wanted = new URLSearchParams(location.search).get('lang') || navigator.language
export const language = wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en'
export const locale = language === 'zh' ? 'zh-CN' : 'en'
export const say = word => words[language][word] ?? word
