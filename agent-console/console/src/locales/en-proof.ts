/** Sender checks, and where a reply goes. */
export const enProof = {
  proof: {
    sender: 'Sender',
    pass: 'Proven: the sender’s own domain vouches for this mail.',
    none: 'Not proven: nothing shows that this mail comes from its sender. Much plain mail is like that.',
    fail: 'Not proven: it fails the checks of its own domain and is probably forged.',
    unknown: 'The sender could not be checked in time.',
    named: 'It names #{{number}}, but its sender is not proven to take part there.',
    openNamed: 'Open #{{number}}',
    goesElsewhere: 'This answer goes to {{to}}, as the mail asks. The customer is not known by that address.',
    staysHere:
      'The mail asks for answers at {{elsewhere}}, no known address of the customer. This one goes to {{to}}.',
    use: 'Write to {{elsewhere}} instead',
  },
}
