/*
 * Names as people write them, in the form that DNS and certificates carry (RFC 5891, Punycode of RFC 3492). By hand, since
 * this folder knows neither Node nor the browser; the tests compare it with Node's own.
 */

const [base, tMin, tMax, skew, damp, firstBias, firstCode] = [36, 1, 26, 38, 700, 72, 128]

/** "bücher.example" → "xn--bcher-kva.example". What is ASCII already stays as it is, in lower case. */
export function toAsciiName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/gu, '.')
    .split('.')
    .map((label) => (isAscii(label) || label.length > MAX_LABEL ? label : `xn--${encode(label)}`))
    .join('.')
}

/** A longer one is no label in any form (RFC 1035 §2.3.4). */
const MAX_LABEL = 63

const isAscii = (text: string) => [...text].every((character) => (character.codePointAt(0) ?? 0) < firstCode)

/** RFC 3492 §6.3. Input: one label that holds something other than ASCII. */
function encode(label: string): string {
  const codes = [...label].map((character) => character.codePointAt(0) ?? 0)
  const plain = codes.filter((code) => code < firstCode)
  let output = String.fromCharCode(...plain)
  if (plain.length > 0) output += '-'
  let [handled, next, delta, bias] = [plain.length, firstCode, 0, firstBias]
  while (handled < codes.length) {
    const smallest = Math.min(...codes.filter((code) => code >= next))
    delta += (smallest - next) * (handled + 1)
    next = smallest
    for (const code of codes) {
      if (code < next) delta += 1
      if (code !== next) continue
      output += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === plain.length)
      delta = 0
      handled += 1
    }
    delta += 1
    next += 1
  }
  return output
}

function variableLength(delta: number, bias: number): string {
  let digits = ''
  let rest = delta
  for (let k = base; ; k += base) {
    const threshold = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias
    if (rest < threshold) return digits + digit(rest)
    digits += digit(threshold + ((rest - threshold) % (base - threshold)))
    rest = Math.floor((rest - threshold) / (base - threshold))
  }
}

/** a–z are 0 to 25, 0–9 are 26 to 35. */
const digit = (value: number) => String.fromCharCode(value < 26 ? value + 97 : value + 22)

/** RFC 3492 §6.1. */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / damp) : Math.floor(delta / 2)
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}
