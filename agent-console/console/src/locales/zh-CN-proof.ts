import type { enProof } from './en-proof'
import type { Same } from './same'

export const zhProof: Same<typeof enProof> = {
  proof: {
    sender: '发件人',
    pass: '已验证：发件人自己的域名为这封邮件作了担保。',
    none: '未验证：没有任何信息能证明这封邮件来自其发件人。许多普通邮件都是如此。',
    fail: '未验证：它没有通过自身域名的检查，很可能是伪造的。',
    unknown: '未能及时检查发件人。',
    named: '它引用了 #{{number}}，但无法证明其发件人参与了该工单。',
    openNamed: '打开 #{{number}}',
    goesElsewhere: '按邮件的要求，这条回复将发往 {{to}}。该地址不是客户的已知地址。',
    staysHere: '邮件要求回复到 {{elsewhere}}。该地址不是客户的已知地址，因此这条回复将发往 {{to}}。',
    use: '改为发往 {{elsewhere}}',
  },
}
