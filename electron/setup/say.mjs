/**
 * Short lines about what set-up does; on stderr, since stdout belongs to what was asked for.
 *
 * @param {string} text
 */
export const say = (text) => console.error(`· ${text}`)

/**
 * Cannot continue: what is wrong and the one thing to do about it.
 *
 * @param {string} what
 * @param {string} remedy
 * @returns {never}
 */
export function stop(what, remedy) {
  console.error(`✗ ${what}\n  ${remedy}`)
  process.exit(3)
}
