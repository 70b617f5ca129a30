/** cfssl spells its options with one dash (`-initca`, `-ca=ca.pem`), as the walkthrough does; both are taken here. */
export function spelledOut(argv: string[]): string[] {
  const [node = '', script = '', verb, ...rest] = argv
  if (verb !== 'cfssl') return argv
  return [node, script, verb, ...rest.map((word) => (/^-[a-z][a-z-]+(=.*)?$/u.test(word) ? `-${word}` : word))]
}
