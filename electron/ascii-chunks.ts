import type { Plugin } from 'vite'

/**
 * Writes every other character of a script as an escape. V8 keeps a script with a single “ in two bytes for each character, and
 * scripts stay in memory as long as they may be needed: half a megabyte for each one of the size of our largest.
 */
export function asciiChunks(): Plugin {
  return {
    name: 'ascii-chunks',
    // Once all is minified, which writes the characters themselves.
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type !== 'chunk') continue
        // Behind a backslash, an escape would lose its own.
        if (/\\[\u0080-\uffff]/.test(part.code)) this.error(`${part.fileName} escapes a character that is not ASCII.`)
        // Maps lead to the right line; within it, columns behind such a character are off by its escape.
        part.code = inAscii(part.code)
      }
    },
  }
}

/** Two escapes for what takes two units, as strings and patterns with the flag `u` read them. */
const inAscii = (code: string) =>
  code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
