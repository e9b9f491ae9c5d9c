import type { enAccount } from './en-account'
import type { Same } from './same'

export const zhAccount: Same<typeof enAccount> = {
  account: {
    title: '密码',
    text: '修改后，其他浏览器都会退出登录。',
    current: '当前密码',
    wanted: '新密码',
    change: '修改密码',
    changed: '密码已修改。',
    wrong: '密码不正确。',
    lengthRule: '密码须为 8 至 128 个字符。',
    guessable: '此密码容易被猜中：它在泄露密码名单上，或与之相似。请换一个。',
    wait: '尝试次数过多，请等待 {{minutes}} 分钟。',
    sessions: '登录位置',
    sessionsText: '浏览器闲置一小时后退出登录，最长保持 12 小时。',
    thisOne: '当前浏览器',
    token: 'API 令牌',
    unknownClient: '未知浏览器',
    line: '{{address}} · 登录于 {{since}} · 上次使用 {{seen}}',
    end: '退出登录',
    endOthers: '退出其他所有位置',
    ended: '已在该处退出登录。',
    endedOthers: '其他浏览器均已退出登录。',
    again: '请再次输入密码',
    againText: '此项更改较为敏感，请确认是您本人操作。',
    againGo: '继续',
    mailLink: '发送设置密码的链接',
    mailLinkText: '重新发送邀请，或发送重设密码的链接。之前的链接随即失效。',
    mailed: '链接正在发往 {{email}}。',
  },
}
