/** The appointment that a mail's calendar part tells of. */
export const enAppointment = {
  appointment: {
    label: 'Appointment',
    invitation: 'Invitation',
    changed: 'Changed appointment',
    cancelled: 'Cancelled appointment',
    accepted: 'Invitation accepted',
    tentative: 'Invitation accepted tentatively',
    declined: 'Invitation declined',
    proposal: 'Another time is proposed',
    appointment: 'Appointment',
    later: {
      changed: 'A later mail changes this appointment.',
      cancelled: 'A later mail cancels this appointment.',
    },
    untitled: 'Without a title',
    when: 'When',
    place: 'Place',
    organiser: 'Organiser',
    noDate: 'No date is given',
    allDay: 'all day',
    noZone: 'no time zone given',
    repeats: 'repeats',
    theirTime: '{{time}} in the sender’s zone, {{zone}}',
    download: 'Download .ics',
  },
}
