/** Short lines about what set-up does; on stderr, since stdout belongs to what was asked for. */
export const say = (text) => console.error(`· ${text}`)

/** Cannot go on: what is wrong and the one thing to do about it. */
export function stop(what, remedy) {
  console.error(`✗ ${what}\n  ${remedy}`)
  process.exit(3)
}
