import type { enPhone } from './en-phone'
import type { Same } from './same'

export const zhPhone: Same<typeof enPhone> = {
  line: {
    region: '国家或地区',
    regionText: '没有国家代码的号码按此解读。',
    wait: '最长等待（分钟）',
    waitText: '之后来电者可以留言，或由我们回电。',
    language: '语言',
    sameLanguage: '与线路相同',
  },
  home: {
    region: '公司所在国家或地区',
    regionText: '手工输入或导入的、没有国家代码的号码，按此国家或地区解读。',
    ask: '公司在哪个国家或地区？',
    askText: '设置之前，电话号码必须带国家代码。',
    countries: '允许拨打的国家或地区',
    countriesText: '您有号码的国家或地区之外，还可以拨打这些；其他一律拒绝。',
    noCountry: '没有其他',
    closed: '未开通拨打该国家或地区。管理员可以在公司设置中开通。',
  },
  textFlag: {
    'opt-out': '已退订',
    'opt-outText': '客户要求不再收到短信，本线路不再给其发送。',
    'opt-out?': '可能退订',
    'opt-out?Text': '客户可能不想再收到短信。没有屏蔽任何内容，请查看后决定。',
    'opt-in': '已恢复订阅',
    'opt-inText': '客户重新接收短信。',
    'media-lost': '图片丢失',
    'media-lostText': '未能从运营商取得这条短信的图片或文件。',
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
}
