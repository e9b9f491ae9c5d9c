import type { enOutbound } from './en-outbound'
import type { Same } from './same'

/** New conversations. */
export const zhOutbound: Same<typeof enOutbound> = {
  writeNew: {
    noAddress: '不是邮箱地址：{{words}}',
    placeholder: '写下内容。输入 / 使用宏，# 引用文章。',
  },
}
