import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openTerminal } from '#electron/cli/terminal'

/** A stream that takes what comes until it fails. */
function stream(failure: string | null, delay = false) {
  const taken: string[] = []
  const writable = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      if (failure !== null) return done(Object.assign(new Error(`write ${failure}`), { code: failure }))
      const take = () => {
        taken.push(chunk)
        done()
      }
      if (delay) setImmediate(take)
      else take()
    },
  })
  return { writable, taken }
}

describe('the terminal', () => {
  it('has written everything when it finishes, in order', async () => {
    const [out, err] = [stream(null, true), stream(null, true)]
    const terminal = openTerminal(out.writable, err.writable)
    for (const text of ['one', 'two', 'three']) terminal.out(text)
    terminal.err('a note')
    expect(await terminal.finish()).toBeNull()
    expect([out.taken, err.taken]).toEqual([['one', 'two', 'three'], ['a note']])
  })

  it.each(['EPIPE', 'EOF'])(
    'takes a reader that has gone (%s) for no failure, however often it writes',
    async (code) => {
      const terminal = openTerminal(stream(code).writable, stream(code).writable)
      for (const text of ['one', 'two', 'three']) terminal.out(text)
      terminal.err('a note')
      expect(await terminal.finish()).toBeNull()
    },
  )

  it.each(['ENOSPC', 'EACCES', 'EIO'])('tells of output that could not be written (%s)', async (code) => {
    const terminal = openTerminal(stream(code).writable, stream(null).writable)
    for (const text of ['one', 'two']) terminal.out(text)
    expect(await terminal.finish()).toBe(code)
  })

  it('goes on where nobody can be told', async () => {
    const out = stream(null)
    const terminal = openTerminal(out.writable, stream('EIO').writable)
    terminal.err('a note')
    terminal.out('one')
    expect(await terminal.finish()).toBeNull()
    expect(out.taken).toEqual(['one'])
  })
})
