/** Recipients of mail and addresses of mailboxes. */
export const enMail = {
  mailDesk: {
    aliases: 'Further addresses (aliases)',
    aliasesText: 'Mail to them comes here, and answers leave from them. *@example.com takes all else of that domain.',
    aliasesList: 'also {{addresses}}',
    quoteHistory: 'Quote the message that a mail answers',
    quoteHistoryText: 'It stands below the answer, as mail programs do it. Internal notes are never quoted.',
    copies: 'Copies to',
    removeCopy: 'No copy to {{address}}',
    sentAt: 'Dated by the sender',
  },
}
