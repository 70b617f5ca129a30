/**
 * Prints progress to stderr, since stdout is for the output of the command that is run.
 *
 * @param {string} text
 */
export const say = (text) => console.error(`· ${text}`)

/**
 * Prints what is wrong and how to fix it, and exits.
 *
 * @param {string} what
 * @param {string} remedy
 * @returns {never}
 */
export function stop(what, remedy) {
  console.error(`✗ ${what}\n  ${remedy}`)
  process.exit(3)
}
