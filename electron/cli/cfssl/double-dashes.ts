/** Accepts options with one dash as well (`-initca`, `-ca=ca.pem`), as cfssl and the walkthrough write them. */
export function withDoubleDashes(argv: string[]): string[] {
  const [node = '', script = '', command, ...rest] = argv
  if (command !== 'cfssl') return argv
  return [node, script, command, ...rest.map((word) => (/^-[a-z][a-z-]+(=.*)?$/u.test(word) ? `-${word}` : word))]
}
