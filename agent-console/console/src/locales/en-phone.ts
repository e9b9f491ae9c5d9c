/** Lines, calls and flags on texts. */
export const enPhone = {
  callWords: {
    from: 'Call from {{who}}',
    to: 'Call to {{who}}',
    withheld: 'a withheld number',
    incoming: 'Incoming call',
    outgoing: 'Outgoing call',
    missed: 'Missed call',
    left: 'Call, left a message',
    voicemail: 'Voice message',
    callback: 'Call, asked to be called back',
    unanswered: 'Call, not answered',
    given: 'Call given up in the menu',
    talked: 'Call of {{length}} with {{who}}',
  },
  call: { incoming: 'Incoming call' },
}
