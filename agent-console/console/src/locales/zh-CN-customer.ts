import type { enCustomer } from './en-customer'
import type { Same } from './same'

/** 两位客户其实是同一个人。 */
export const zhCustomer: Same<typeof enCustomer> = {
  merging: {
    open: '合并',
    title: '合并两位客户',
    titleFor: '将{{name}}与另一位客户合并',
    find: '与谁是同一个人？',
    text: '保留其中一位，另一位的往来记录和联系方式会一并归入。此操作可以撤销。',
    stays: '保留哪一位？',
    staysOne: '保留{{name}}',
    since: '自 {{day}}',
    noAddress: '没有联系方式',
    tickets_other: '{{count}} 个会话，{{open}} 个处理中',
    elsewhere_other: '其他团队还有 {{count}} 个处理中',
    another: '另选一位',
    merge: '合并，保留{{name}}',
    same: '两者已经是同一位客户。',
    compare: '对比',
    said: '已合并，保留{{name}}',
    undone: '已恢复为两位客户',
  },
}
