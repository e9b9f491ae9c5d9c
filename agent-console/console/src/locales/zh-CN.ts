import type { Same } from './same'
import type { en } from './en'
import { zhSettings } from './zh-CN-settings'

/** Simplified Chinese. */
export const zhCN: Same<typeof en> = {
  ...zhSettings,
  app: { offline: '连接已断开，您写的内容会保留在本机。', retryNow: '立即重试', jump: '搜索或跳转', otherLanguage: 'English' },
  action: {
    retry: '重试', undo: '撤销', dismiss: '关闭提示', close: '关闭', cancel: '取消', save: '保存', delete: '删除', sure: '确定删除？', add: '添加', edit: '编辑',
    toInbox: '返回收件箱',
  },
  common: { loading: '正在加载', nothing: '没有结果' },
  error: {
    title: '操作未成功', missing: '找不到', missingText: '它可能已不存在，或者您没有查看权限。', unknown: '页面出现意外错误，重新加载通常可以解决。',
    offline: '无法连接服务器。', stale: '其他人刚刚修改了它，已重新加载。', noPage: '没有这个页面', noPageText: '地址可能已过期或有误。',
    notSent: '未发送：无法连接服务器。您的文字已保留。', alreadySent: '来不及了，消息已经发出。',
  },
  nav: {
    main: '主导航', home: 'Switchboard，我的工单', inbox: '收件箱', customers: '客户', knowledge: '知识库', settings: '设置', search: '搜索', views: '视图',
    channels: '渠道', teams: '团队',
  },
  view: {
    mine: '分配给我', unassigned: '未分配', mentions: '提到我的', open: '全部未结', pending: '等待中', snoozed: '已推迟', solved: '已解决', all: '全部工单',
    chats: '在线聊天', calls: '通话',
  },
  channel: { email: '邮件', sms: '短信', chat: '聊天', phone: '电话', form: '表单', system: '系统' },
  status: { available: '在线', away: '离开', offline: '离线', missed: '错过任务', load: '负荷', menu: '{{name}}，{{status}}：打开我的菜单' },
  ticketStatus: { open: '未结', pending: '等待中', snoozed: '已推迟', solved: '已解决' },
  priority: { low: '低', normal: '普通', high: '高', urgent: '紧急' },
  role: { agent: '客服', lead: '组长', admin: '管理员' },
  actor: { customer: '客户', agent: '客服', system: 'Switchboard', rule: '规则' },
  command: {
    solve: '解决', solveNext: '解决并打开下一个', reopen: '重新打开', pending: '设为等待中', snooze: '推迟', assign: '分配', assignMe: '分配给我', team: '转到团队',
    priority: '设置优先级', tags: '标签', macro: '快捷回复', reply: '回复', note: '写备注', forward: '转发', merge: '合并到其他工单', copyLink: '复制链接',
    endChat: '结束聊天', newTicket: '新建会话', callCustomer: '致电客户', next: '下一个工单', previous: '上一个工单', back: '返回列表', select: '勾选或取消',
    unselect: '取消全部勾选', undo: '撤销', palette: '命令面板', search: '搜索全部', shortcuts: '键盘快捷键', togglePanel: '客户面板', toggleNav: '视图面板',
    dark: '切换深色或浅色', language: 'Switch to English', signOut: '退出登录',
    call: { accept: '接听', decline: '拒绝', hold: '保持', unhold: '恢复', hangup: '挂断' },
    status: { available: '设为在线', away: '设为离开', offline: '设为离线' },
  },
  said: {
    solved: '已解决', reopened: '已重新打开', pending: '已设为等待中', snoozed: '已推迟', assigned: '已分配给{{name}}', unassigned: '已取消分配', team: '已转到{{name}}',
    priority: '优先级：{{name}}', tagged: '已添加标签 {{name}}', untagged: '已移除标签 {{name}}', macro: '已执行快捷回复', copied: '已复制', chatEnded: '聊天已结束',
    renamed: '已改名', merged: '已合并到 #{{number}}', split: '新工单 #{{number}}', forwarded: '已转发', retry: '将重新尝试', sent: '已发送', sentSolved: '已发送并解决',
    sentPending: '已发送，等待回复', unsent: '未发送，文字已恢复。', noted: '备注已添加', calling: '您自己的电话会先响铃', ticketMade: '工单已创建',
    identityRemoved: '地址已移除', confirmed: '已归入该客户', rejected: '保持分开', saved: '已保存', deleted: '已删除', invited: '邀请已发送', published: '已发布',
    archived: '已归档', replayed: '将重新读取',
  },
  session: {
    title: '登录 Switchboard', email: '邮箱', password: '密码', showPassword: '显示密码', signIn: '登录', wrong: '邮箱或密码不正确。', tooMany: '尝试次数过多，请一分钟后再试。',
    forgot: '忘记密码？', forgotTitle: '重设密码', forgotText: '我们会发送一个一次性链接。', forgotSent: '如果该邮箱存在，链接已发出。', sendLink: '发送链接',
    backToSignIn: '返回登录', resetTitle: '设置新密码', resetText: '其他设备上的登录都会失效。', newPassword: '新密码', passwordRule: '至少 8 个字符，越长越好。',
    setPassword: '设置密码', linkDead: '该链接已使用或已过期，请重新申请。', invitationTitle: '欢迎使用 Switchboard', invitationText: '设置密码后即可开始。',
  },
  list: {
    label: '工单', unread: '未读', unreadCount_other: '{{count}} 条未读', draft: '草稿', answered: '已回复', sla: 'SLA', waiting: '客户已等待的时间', select: '勾选工单 {{number}}',
    fresh_other: '{{count}} 条新的', noMatch: '没有匹配', noMatchText: '去掉一个筛选条件试试。', allDone: '全部完成',
    allDoneText: '没有分配给您的工单。看看未分配的，或者休息一下。', empty: '这里是空的', emptyText: '新的会话会自动出现。',
  },
  filter: { label: '筛选', text: '包含…', channel: '渠道', status: '状态', team: '团队', assignee: '负责人', remove: '移除 {{name}}' },
  sort: { label: '排序：{{name}}', waiting: '等待最久', newest: '最新创建', updated: '最近活动', priority: '优先级' },
  bulk: { label: '已勾选的工单', count_other: '已勾选 {{count}} 个', all: '全选', none: '清除', done: '{{said}}：{{count}} 个工单' },
  presence: { typing: '{{name}} 正在输入', viewing: '{{name}} 正在查看' },
  assign: { me: '{{name}}（我）', nobody: '无' },
  tags: { add: '添加标签', create: '新标签“{{name}}”' },
  snooze: {
    hour: '一小时后', later: '今天晚些时候', tomorrow: '明天上午', monday: '周一上午', week: '一周后', custom: '选择日期和时间…', customTitle: '推迟到', until: '直到',
    past: '这个时间已经过去。',
  },
  ticket: { noSubject: '（无主题）', status: '状态', assignee: '负责人', team: '团队', priority: '优先级', tags: '标签', created: '创建时间', until: '直到 {{at}}' },
  thread: {
    label: '会话', none: '未打开工单', noneText: '从列表中选择一个，或按 J 键。', log: '消息', tools: '工单操作', more: '更多操作', rename: '改名', earlier: '显示更早的',
    latest: '最新', unread: '上次回复之后的新消息',
  },
  panel: { label: '详情', details: '详情', timeline: '时间线', routing: '分配', ticket: '工单' },
  note: { internal: '内部备注，不会发送' },
  mail: {
    to: '发给 {{to}}', from: '发件人', toLabel: '收件', ccLabel: '抄送', bccLabel: '密送', quoted_other: '+{{count}} 行引用', signature: '签名', hideQuoted: '收起引用',
    asText: '纯文本', formatted: '原始格式', frame: '来自 {{name}} 的邮件', attachments: '附件',
  },
  delivery: {
    queued: '等待发送', sending: '正在发送', sent: '已发送', delivered: '已送达', failed: '未送达', bounced: '被退回', uncertain: '不确定是否送达', received: '已收到',
  },
  flag: {
    'third-party': '第三方', 'third-partyText': '此发件人之前不在这个会话中。', 'duplicate-id': '重复 ID', 'duplicate-idText': '另一封邮件使用了相同的 Message-ID，但内容不同。',
    'auto-reply': '自动回复', 'auto-replyText': '由机器发出，例如休假通知。', 'dmarc-fail': '发件人未验证', 'dmarc-failText': '邮件系统无法证明发件人的真实性。',
  },
  item: {
    menu: '消息操作', retry: '重新发送', quote: '在回复中引用', forward: '转发', copy: '复制文字', split: '拆分为新工单', why: '为什么在这里？', delivery: '投递过程',
    original: '原件',
  },
  why: {
    at: '时间', 'in-reply-to': '它回复了本会话中的一封邮件（In-Reply-To）。', references: '它引用了本会话中的邮件（References）。', 'plus-address': '它发到了本工单的地址。',
    'reply-address': '它发到了本工单的回复地址。', token: '它带有本工单的标识。', 'subject-token': '主题中带有本工单的编号。', subject: '发件人和主题都相同。',
    thread: '它属于同一个会话。', new: '没有匹配到更早的会话，因此新建了这个。', 'same-number': '会话未结束时来自同一号码。', 'open-ticket': '该客户在此渠道上有未结的会话。',
    session: '它属于同一次聊天。', call: '它属于同一次通话。', form: '它来自联系表单。', manual: '由客服放到这里。', bounce: '这是本会话中某条消息未送达的通知。',
  },
  event: {
    many_other: '{{count}} 项变更', assigned: '{{who}} 将其分配给 {{to}}', unassigned: '{{who}} 取消了分配', status: '{{who}} 将状态设为 {{to}}', priority: '{{who}} 将优先级设为 {{to}}',
    tags: '{{who}} 修改了标签：{{to}}', team: '{{who}} 转到了 {{to}}', subject: '{{who}} 改名为“{{to}}”', snoozed: '{{who}} 推迟了工单', reopened: '{{who}} 重新打开',
    solved: '{{who}} 解决了工单', created: '{{who}} 创建了工单', merged: '{{who}} 将另一个工单合并进来', unmerged: '{{who}} 撤销了合并', split: '{{who}} 拆分了工单',
    routed: '已分配给 {{to}}', offered: '已派给 {{to}}', declined: '{{who}} 拒绝了', timeout: '{{who}} 没有响应', 'chat-ended': '{{who}} 结束了聊天',
    'opted-out': '客户已退订消息', 'opted-in': '客户重新订阅', identity: '{{who}} 修改了联系方式', bounced: '一条消息被退回：{{reason}}', undone: '{{who}} 撤回了回复',
  },
  composer: {
    label: '答复', mode: '回复或备注', reply: '回复', note: '备注', text: '消息正文', tools: '文字工具', send: '发送', sendMore: '其他发送方式', sendSolve: '发送并解决',
    sendPending: '发送并设为等待中', addNote: '添加备注', replyPlaceholder: '写回复…  / 快捷回复，# 文章', notePlaceholder: '只有同事能看到…  @ 提到同事', channel: '通过{{name}}回复',
    macros: '快捷回复', articles: '文章', people: '同事', bold: '粗体', italic: '斜体', list: '列表', quote: '引用', code: '代码', attach: '添加附件', removeFile: '移除 {{name}}',
    uploading_other: '正在上传 {{count}} 个文件…', tooBig: '{{name}} 超过 25 MB。', notKept: '浏览器空间不足，草稿未保存', smsParts_other: '{{count}} 条短信',
    optedOut: '无法通过此渠道联系该客户。', noFile: '您提到了附件，但没有添加。', sendAnyway: '仍然发送',
  },
  moved: { title: '会话有了新内容', text: '您写回复时收到了以下内容，回复尚未发送。', edit: '修改回复' },
  macro: { undefined: '缺少内容：{{names}}' },
  merge: { title: '合并到其他工单', text: '消息会移过去，可以撤销。', find: '按编号或文字查找工单' },
  forward: { text: '写在原文之前的话' },
  split: { text: '这条消息会移到一个新工单，不会丢失任何内容。' },
  customer: {
    unnamed: '未知', none: '没有客户', noCompany: '无公司', earlier: '以往会话', noEarlier: '这是第一次。', lifecycle: '阶段', localTime: '当地时间', language: '语言', segments: '分组',
    pick: '未打开客户', pickText: '从列表中选择一位，查看各渠道的全部会话。', new: '新建客户', find: '姓名、公司、地址或号码', noneFound: '没有这样的客户', openCount_other: '{{count}} 个未结',
    name: '名称', company: '公司', email: '邮箱', phone: '电话', notes: '备注',
  },
  identity: {
    verified: '已验证', unverified: '此地址未经验证', unverifiedFrom: '未验证，来源：{{source}}', unverifiedMark: '未验证', shared: '共用', remove: '移除 {{value}}', add: '添加联系方式',
    kind: '类型', value: '地址或号码', email: '邮箱', phone: '电话', chat: '聊天', external: '外部编号',
  },
  suggestion: { title: '可能的匹配', text: '{{value}}（{{name}}）可能是同一个人。', confirm: '同一个人', reject: '不是' },
  routing: {
    whyMe: '为什么是我？', why: '为什么是这位客服？', none: '没有分配记录', noneText: '还没有为此工单选择客服。', chosen: '被选中', notEligible: '不符合条件', score: '得分',
    idle: '空闲 {{time}}',
    outcome: { assigned: '分配给 {{name}}', 'no-candidate': '没有人可以接手', 'lost-check': '期间有变化，重新决定', manual: '手动分配给 {{name}}' },
    reason: {
      chosen: '得分最高', 'best-score': '得分最高', 'skill-missing': '缺少技能', language: '语言不符', full: '没有余量', capacity: '没有余量', away: '离开', offline: '离线',
      missed: '错过了上次派单', inactive: '已停用', 'not-in-team': '不在团队中', team: '不在团队中', declined: '已拒绝', busy: '忙碌', 'on-call': '通话中', sticky: '熟悉该客户',
      'last-agent': '上次由其答复', 'less-idle': '空闲时间较短', 'more-load': '手上工作较多', 'lower-score': '得分较低', 'skill-lower': '技能等级较低', excluded: '被排除',
      wrapup: '正在整理通话', interrupted: '不可打断',
    },
  },
  call: {
    label: '当前通话', incoming: '来电', outgoing: '去电', missed: '未接来电', voicemail: '语音留言', missedText: '无人接听。', with: '与 {{name}}', recording: '录音',
    state: { menu: '在菜单中', queued: '排队中', offered: '来电', 'ringing-agent': '您的电话正在响铃', active: '通话中', held: '保持中', wrapup: '整理中', ended: '已结束' },
  },
  palette: { placeholder: '您想做什么，或查找什么？', nothing: '没有匹配项', ticket: '工单', write: '撰写', list: '列表', go: '前往', call: '通话', app: 'Switchboard' },
  search: {
    placeholder: '搜索工单、消息、客户和文章', tickets: '工单', messages: '消息', start: '搜索全部', startText: '姓名、编号、消息中的文字、地址的一部分。', none: '没有“{{q}}”的结果',
    noneText: '换几个词试试。', count_other: '{{count}} 个结果',
  },
  outbound: {
    kind: '类型', email: '邮件', sms: '短信', phone: '电话', note: '内部', toEmail: '收件人（客户或邮箱）', toPhone: '对方（客户或号码）', about: '相关客户（可选）', from: '发件邮箱',
    subject: '主题', text: '内容', noteText: '要做什么', callNow: '呼叫', make: '创建', noEmail: '没有可用的邮箱地址。', noPhone: '没有可用的电话号码。',
    rings: '您自己的电话会先响铃：{{phone}}', noOwnPhone: '请先在个人资料中填写您的电话号码。',
  },
}
