/** Only functions that answer with a promise: a caller cannot tell whether it also waited for the module. */
type AsyncMethods<T> = { [K in keyof T]: (...input: never[]) => Promise<unknown> }

/**
 * Stands for an object that is built by the first call of one of its methods, so that what is seldom used costs neither time
 * at start nor memory. After a failed load, the next call tries again.
 */
export function onFirstUse<T extends AsyncMethods<T>>(load: () => Promise<T>): T {
  let loading: Promise<T> | null = null

  async function loaded(): Promise<T> {
    loading ??= load()
    try {
      return await loading
    } catch (error) {
      loading = null
      throw error
    }
  }

  const callOf =
    (name: string | symbol) =>
    async (...input: unknown[]): Promise<unknown> => {
      const method: unknown = Reflect.get(await loaded(), name)
      if (typeof method !== 'function') throw new TypeError(`There is no method ${String(name)}.`)
      return Reflect.apply(method, undefined, input)
    }

  // A cast, since nothing is read from this object: every property comes from `get`.
  return new Proxy({} as T, {
    // Without `then`, it is not taken for a promise where it is returned from an async function.
    get: (_, name) => (name === 'then' ? undefined : callOf(name)),
  })
}
