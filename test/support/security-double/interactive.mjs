// How `security -i` reads its input (Security, SecurityTool/macOS/security.c): lines of at most 4096 bytes, a last line
// without newline is dropped, at most 32 arguments, quotes and backslashes understood.
const lineLimit = 4096
const argumentLimit = 32

export function commandsOf(input) {
  const lines = input.split('\n').slice(0, -1)
  return lines.filter((line) => line.trim() !== '').map(splitLine)
}

export function splitLine(line) {
  if (Buffer.byteLength(line) >= lineLimit) throw new Error('line too long')
  const words = []
  let word = null
  let quote = null
  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index]
    if (letter === '\\') {
      index += 1
      if (index >= line.length) throw new Error('backslash at the end of the line')
      word = (word ?? '') + line[index]
    } else if (quote !== null) {
      if (letter === quote) quote = null
      else word += letter
    } else if (letter === '"' || letter === "'") {
      quote = letter
      word ??= ''
    } else if (letter === ' ' || letter === '\t') {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + letter
  }
  if (quote !== null) throw new Error('quote without end')
  if (word !== null) words.push(word)
  if (words.length > argumentLimit) throw new Error('too many arguments')
  return words
}
