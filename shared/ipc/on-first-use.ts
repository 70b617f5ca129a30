type Makers = Readonly<Record<string, () => unknown>>
type Made<M extends Makers> = { readonly [Name in keyof M]: ReturnType<M[Name]> }

/** An object whose properties are made when they are first read, and kept. */
export function onFirstUse<M extends Makers>(makers: M): Made<M> {
  const made = {}
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(made, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make()
        Object.defineProperty(made, name, { value })
        return value
      },
    })
  }
  // The loop has made exactly these.
  return made as Made<M>
}
