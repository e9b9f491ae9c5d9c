import type { enAppointment } from './en-appointment'
import type { Same } from './same'

export const zhAppointment: Same<typeof enAppointment> = {
  appointment: {
    label: '日程',
    invitation: '会议邀请',
    changed: '日程变更',
    cancelled: '日程已取消',
    accepted: '已接受邀请',
    tentative: '暂定接受邀请',
    declined: '已谢绝邀请',
    proposal: '建议改期',
    appointment: '日程',
    later: {
      changed: '之后的邮件更改了此日程。',
      cancelled: '之后的邮件取消了此日程。',
    },
    untitled: '无标题',
    when: '时间',
    place: '地点',
    organiser: '组织者',
    noDate: '未注明日期',
    allDay: '全天',
    noZone: '未注明时区',
    repeats: '重复',
    theirTime: '发件人所在时区 {{zone}}：{{time}}',
    download: '下载 .ics',
  },
}
