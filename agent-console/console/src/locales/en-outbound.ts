/** New conversations. */
export const enOutbound = {
  writeNew: {
    noAddress: 'Not an email address: {{words}}',
    placeholder: 'Write the message. / for macros, # for articles.',
  },
}
