/** Where the visitor of a web page writes. */
export const enVisit = {
  visit: {
    window: 'Chat window',
    page: 'Page',
    place: 'Place',
    browser: 'Browser',
  },
}
