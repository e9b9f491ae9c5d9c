import type { enDesk } from './en-desk'
import type { Same } from './same'

/** 回复时的操作、标签及其他。 */
export const zhDesk: Same<typeof enDesk> = {
  desk: {
    skip: '跳到页面内容',
    tagUsed_other: '{{count}} 个工单',
    unsplit: '已合回一个工单',
    teamEmpty: '{{name}}没有待处理的工单',
    teamEmptyText: '分到该团队的内容会自动显示在这里。',
    me: '我',
  },
}
