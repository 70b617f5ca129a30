/** Hears every question and answers none, as a keyring whose prompt nobody sees. */
process.on('message', () => {})
process.on('disconnect', () => process.exit(0))
