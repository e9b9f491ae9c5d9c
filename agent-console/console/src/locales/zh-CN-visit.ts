import type { enVisit } from './en-visit'
import type { Same } from './same'

export const zhVisit: Same<typeof enVisit> = {
  visit: {
    window: '聊天窗口',
    page: '页面',
    place: '地点',
    browser: '浏览器',
  },
}
