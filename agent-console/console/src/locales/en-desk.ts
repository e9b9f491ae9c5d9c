/** A reply's actions, tags, and the desk's notices. */
export const enDesk = {
  desk: {
    skip: 'Skip to the page',
    tagUsed_one: 'on {{count}} ticket',
    tagUsed_other: 'on {{count}} tickets',
    unsplit: 'Back in one ticket',
    teamEmpty: 'Nothing open in {{name}}',
    teamEmptyText: 'What comes in for this team appears here by itself.',
    me: 'Me',
  },
}
