/** As many files as are taken at once, however they come. */
export const mostFiles = 1000

/** As many as are converted together. */
export const mostConverted = 16

/** No certificate file is larger; anything beyond is a mistake or an attack. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024
