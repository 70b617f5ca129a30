import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors'
import { traceOf } from '#shared/logic/trace'
import { Trace } from '#shared/model/trace'

const secret = 'hunter2secret'

function failing(message: string): Error {
  return new TypeError(message)
}

describe('a trace', () => {
  it('says what kind of error it was, and where', () => {
    const trace = traceOf(failing('x'))
    expect(trace).toMatchObject({ error: 'TypeError', code: null })
    expect(trace.frames[0]).toMatch(/^failing trace\.test\.ts:\d+:\d+$/u)
    expect(Trace.parse(trace)).toEqual(trace)
  })

  it('has the code, of the system or ours', () => {
    expect(traceOf(new AppError('vault-damaged', 'x'))).toMatchObject({ error: 'AppError', code: 'vault-damaged' })
    expect(traceOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toMatchObject({ code: 'ENOENT' })
    expect(traceOf(Object.assign(new Error('x'), { code: 7 }))).toMatchObject({ code: null })
  })

  const planted: [string, () => unknown][] = [
    ['a message', () => failing(secret)],
    ['a message of several lines that look like places', () => failing(`x\n    at ${secret} (${secret}.js:1:2)`)],
    [
      'a message that was changed afterwards',
      () => Object.assign(failing(`x\n    at ${secret} (a.js:1:2)`), { message: 'y' }),
    ],
    ['a name', () => Object.assign(failing('x'), { name: `${secret} is wrong` })],
    ['a code', () => Object.assign(failing('x'), { code: `${secret} ` })],
    [
      'a folder',
      () => Object.assign(failing('x'), { stack: `TypeError: x\n    at f (/home/${secret}/out/index.cjs:1:2)` }),
    ],
    [
      'the query of an address',
      () => Object.assign(failing('x'), { stack: `TypeError: x\n    at app://l/a.js?${secret}:1:2` }),
    ],
    ['a text that was thrown', () => secret],
    ['an object that was thrown', () => ({ name: secret, stack: secret })],
    ['no stack', () => Object.assign(failing(secret), { stack: undefined })],
    ['a cause', () => new Error('x', { cause: new Error(secret) })],
  ]

  it.each(planted)('keeps nothing of %s', (_what, make) => {
    const trace = traceOf(make())
    expect(JSON.stringify(trace)).not.toContain(secret)
    expect(Trace.safeParse(trace).success).toBe(true)
  })

  it('keeps the place of what has a folder or a query', () => {
    const stack =
      'Error: x\n    at f (app://latchkey/assets/index-A1.js?v=2:1:2)\n    at async C:\\Program Files\\a.cjs:3:4'
    expect(traceOf(Object.assign(new Error('x'), { stack })).frames).toEqual(['f index-A1.js:1:2', 'a.cjs:3:4'])
  })
})
