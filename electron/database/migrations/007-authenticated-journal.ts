/** Rows of earlier versions have none, so nothing is ever done because of them. */
export const authenticatedJournal = `
ALTER TABLE operations ADD COLUMN mac TEXT;
`
