import type { enPhone } from './en-phone'
import type { Same } from './same'

export const zhPhone: Same<typeof enPhone> = {
  ownPhone: {
    label: '您的电话',
    rings: '正在响铃，接听后即可与客户通话。',
    talks: '正在通话。',
    answer: '接听',
    hangup: '放下电话',
    say: '说点什么，然后按回车',
  },
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
  call: {
    label: '当前通话',
    incoming: '来电',
    outgoing: '去电',
    missed: '未接来电',
    voicemail: '语音留言',
    missedText: '无人接听。',
    with: '与 {{name}}',
    recording: '录音',
    state: {
      menu: '在菜单中',
      queued: '排队中',
      offered: '来电',
      'ringing-agent': '您的电话正在响铃',
      dialling: '对方电话正在响铃',
      active: '通话中',
      held: '保持中',
      wrapup: '整理中',
      ended: '已结束',
    },
  },
}
