import type { enMail } from './en-mail'
import type { Same } from './same'

export const zhMail: Same<typeof enMail> = {
  mailDesk: {
    aliases: '其他地址（别名）',
    aliasesText: '寄到这些地址的邮件会进入此邮箱，回复也从该地址发出。*@example.com 表示接收该域名的其余所有地址。',
    aliasesList: '另有 {{addresses}}',
    quoteHistory: '邮件回复附带所回复的内容',
    quoteHistoryText: '与邮件程序一样，显示在回复下方。内部备注绝不会被引用。',
    copies: '抄送',
    removeCopy: '不抄送 {{address}}',
    sentAt: '发件人标注的时间',
  },
}
