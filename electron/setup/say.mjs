/** Short lines about what set-up does. Only its ends speak: nothing is printed when nothing is to be done. */
export const say = (text) => console.log(`· ${text}`)

/** Cannot go on: what is wrong and the one thing to do about it. */
export function stop(what, remedy) {
  console.error(`✗ ${what}\n  ${remedy}`)
  process.exit(3)
}
