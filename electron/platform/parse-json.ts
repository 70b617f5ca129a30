/** The value of a JSON text, for a schema to judge; undefined, which no schema of ours takes, where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
