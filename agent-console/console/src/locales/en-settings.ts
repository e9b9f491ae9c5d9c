/** Settings and knowledge base. */
export const enSettings = {
  language: { en: 'English', 'zh-CN': '简体中文' },
  theme: { light: 'Light', dark: 'Dark', auto: 'System' },
  settings: {
    profile: 'My profile', macros: 'Macros', agents: 'Agents', teams: 'Teams and skills', mailboxes: 'Mailboxes', numbers: 'Phone numbers',
    widget: 'Chat widget', ledger: 'What arrived', notAllowed: 'Only administrators may open this page.',
  },
  profile: {
    phone: 'My phone', phoneText: 'Calls ring here. Write it with the country code.', signature: 'Signature', signatureText: 'Added below mails that you send.',
    language: 'Language', theme: 'Theme', notifyTitle: 'Desktop notifications', allow: 'Allow',
    notifyState: { ask: 'Off. Allow them to hear of new messages and calls.', granted: 'On', denied: 'Blocked in the browser\'s settings for this page' },
  },
  agents: {
    text: 'Who works here, what they know, and how much they can take at once.', invite: 'Invite', role: 'Role', skills: 'Skills', inactive: 'Deactivated',
    capacity: 'Capacity', capacityText: 'A call takes 100, a chat 25, an SMS 15, a mail 10.', active: 'Active',
    activeText: 'Deactivated people cannot sign in; their history stays.',
  },
  teams: {
    text: 'A ticket belongs to a team; routing picks one of its members.', new: 'New team', description: 'Description', memberList: 'Members',
    members_one: '{{count}} member', members_other: '{{count}} members', skillsText: 'What routing can ask for. Levels are set with each agent.', newSkill: 'New skill',
  },
  mailboxes: {
    text: 'Addresses that customers write to.', new: 'New mailbox', none: 'No mailbox yet', address: 'Address', imap: 'Receiving (IMAP)', smtp: 'Sending (SMTP)',
    host: 'Server', port: 'Port', user: 'User', kept: 'unchanged', test: 'Test the connection', ok: 'works', failed: 'does not work',
    authserv: 'Trusted authentication server', authservText: 'The authserv-id of your mail provider; others\' claims about SPF, DKIM and DMARC are ignored.',
    acknowledge: 'Acknowledge new conversations automatically',
  },
  numbers: {
    text: 'Numbers for calls and SMS.', new: 'New number', none: 'No number yet', number: 'Number', greeting: 'Greeting', menu: 'Menu', digit: 'Key', label: 'What is said',
    addChoice: 'Add a choice', voicemail: 'Voicemail when nobody answers',
  },
  widget: {
    text: 'Chat on your own pages.', snippet: 'Put this on your page', snippetText: 'Just before the end of the body. It loads after everything else.', name: 'Name', color: 'Colour',
    origins: 'Allowed pages', originsText: 'Origins such as https://shop.example.com; empty allows every page.',
  },
  macros: {
    text: 'Answers and steps that you need again and again. Type / in a reply.', new: 'New macro', none: 'No macros yet', title: 'Title', body: 'Text',
    variables: 'Filled in by themselves: {{a}}, {{b}}, {{c}}',
    then: 'And then', addAction: 'Add a step', shared: 'For everybody', own: 'Only mine', action: 'Step', value: 'Value', actions_one: '{{count}} step',
    actions_other: '{{count}} steps',
    kind: { status: 'Set status', tag: 'Add tag', 'assign-me': 'Assign to me', priority: 'Set priority', team: 'Move to team' },
  },
  ledger: {
    text: 'Everything is kept as it arrived before it is understood. What could not be read waits here.', inbox: 'Arrived', outbox: 'Leaving', quarantined: 'Set aside', new: 'New',
    done: 'Done', failed: 'Failed', uncertain: 'Uncertain', pending: 'Waiting', none: 'Nothing here', replay: 'Read again', attempts_one: '{{count}} attempt',
    attempts_other: '{{count}} attempts',
  },
  article: {
    new: 'New article', find: 'Find an article', none: 'No articles', noneText: 'Write down the answer that you give most often.', pick: 'No article open',
    pickText: 'Pick one from the list, or write a new one.', draft: 'Draft', published: 'Published', archived: 'Archived', side: 'Write or preview', write: 'Write',
    preview: 'Preview', open: 'Open page', archive: 'Archive', publish: 'Publish', title: 'Title', category: 'Category', body: 'Text, in Markdown',
  },
}
