import type { enSettings } from './en-settings'
import type { Same } from './same'

export const zhSettings: Same<typeof enSettings> = {
  language: { en: 'English', 'zh-CN': '简体中文' },
  theme: { light: '浅色', dark: '深色', auto: '跟随系统' },
  settings: {
    profile: '个人资料', macros: '快捷回复', agents: '客服人员', teams: '团队与技能', mailboxes: '邮箱', numbers: '电话号码', widget: '聊天挂件', ledger: '收发记录',
    notAllowed: '只有管理员可以打开此页。',
  },
  profile: {
    phone: '我的电话', phoneText: '来电会在这里响铃，请包含国家代码。', signature: '签名', signatureText: '附在您发送的邮件末尾。', language: '语言', theme: '主题',
    notifyTitle: '桌面通知', allow: '允许', notifyState: { ask: '已关闭。允许后可收到新消息和来电提醒。', granted: '已开启', denied: '已在浏览器设置中被阻止' },
  },
  agents: {
    text: '谁在这里工作、会什么、同时能处理多少。', invite: '邀请', role: '角色', skills: '技能', inactive: '已停用', capacity: '容量',
    capacityText: '电话占 100，聊天 25，短信 15，邮件 10。', active: '启用', activeText: '停用后无法登录，历史记录保留。',
  },
  teams: {
    text: '工单属于团队，由系统从成员中选择客服。', new: '新建团队', description: '说明', memberList: '成员', members_other: '{{count}} 名成员',
    skillsText: '分配时可以要求的技能，等级在客服人员中设置。', newSkill: '新技能',
  },
  mailboxes: {
    text: '客户来信的地址。', new: '新建邮箱', none: '还没有邮箱', address: '地址', imap: '收信（IMAP）', smtp: '发信（SMTP）', host: '服务器', port: '端口', user: '用户', kept: '不变',
    test: '测试连接', ok: '正常', failed: '不可用', authserv: '可信的验证服务器', authservText: '您的邮件服务商的 authserv-id；其他来源的 SPF、DKIM、DMARC 结果会被忽略。',
    acknowledge: '自动确认新会话',
  },
  numbers: {
    text: '用于通话和短信的号码。', new: '新建号码', none: '还没有号码', number: '号码', greeting: '问候语', menu: '菜单', digit: '按键', label: '播报内容', addChoice: '添加选项',
    voicemail: '无人接听时转语音留言',
  },
  widget: {
    text: '在您自己的网页上聊天。', snippet: '放到您的网页上', snippetText: '放在 body 结束之前，最后加载。', name: '名称', color: '颜色', origins: '允许的网页',
    originsText: '例如 https://shop.example.com；留空则允许所有网页。',
  },
  macros: {
    text: '经常使用的答复和步骤。在回复中输入 / 即可使用。', new: '新建快捷回复', none: '还没有快捷回复', title: '标题', body: '内容', variables: '自动填写：{{a}}、{{b}}、{{c}}', then: '然后',
    addAction: '添加步骤', shared: '所有人可用', own: '仅自己', action: '步骤', value: '值', actions_other: '{{count}} 个步骤',
    kind: { status: '设置状态', tag: '添加标签', 'assign-me': '分配给我', priority: '设置优先级', team: '转到团队' },
  },
  ledger: {
    text: '所有内容在解读之前都会按原样保存。无法读取的会留在这里。', inbox: '收到', outbox: '发出', quarantined: '已隔离', new: '新的', done: '完成', failed: '失败', uncertain: '不确定',
    pending: '等待中', none: '这里是空的', replay: '重新读取', attempts_other: '尝试 {{count}} 次',
  },
  article: {
    new: '新建文章', find: '查找文章', none: '没有文章', noneText: '把最常给出的答复写下来。', pick: '未打开文章', pickText: '从列表中选择，或新建一篇。', draft: '草稿', published: '已发布',
    archived: '已归档', side: '撰写或预览', write: '撰写', preview: '预览', open: '打开页面', archive: '归档', publish: '发布', title: '标题', category: '分类', body: '正文（Markdown）',
  },
}
