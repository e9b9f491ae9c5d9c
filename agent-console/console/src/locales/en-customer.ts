/** Merging two records of one person. */
export const enCustomer = {
  merging: {
    open: 'Merge',
    title: 'Merge two customers',
    titleFor: 'Merge {{name}} with another customer',
    find: 'Who is the same person?',
    text: 'One of the two stays; what the other has written and is reached by goes along. This can be undone.',
    stays: 'Who stays?',
    staysOne: '{{name}} stays',
    since: 'Since {{day}}',
    noAddress: 'No address',
    tickets_one: '{{count}} conversation, {{open}} open',
    tickets_other: '{{count}} conversations, {{open}} open',
    elsewhere_one: '{{count}} open in other teams',
    elsewhere_other: '{{count}} open in other teams',
    another: 'Choose somebody else',
    merge: 'Merge, keep {{name}}',
    same: 'They are one customer already.',
    compare: 'Compare',
    said: 'Merged; {{name}} stays',
    undone: 'Two customers again',
  },
}
