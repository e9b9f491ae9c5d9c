import type { enPhone } from './en-phone'
import type { Same } from './same'

export const zhPhone: Same<typeof enPhone> = {
  callWords: {
    from: '{{who}} 来电',
    to: '致电 {{who}}',
    withheld: '隐藏号码',
    incoming: '来电',
    outgoing: '去电',
    missed: '未接来电',
    left: '来电，已留言',
    voicemail: '语音留言',
    callback: '来电，要求回电',
    unanswered: '去电，无人接听',
    given: '来电者在菜单中挂断',
    talked: '与 {{who}} 通话 {{length}}',
  },
  call: { incoming: '来电' },
}
