import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { chromeFolder, firefoxFolder, putIntoNss } from '../support/foreign-identity'
import { type Walkthrough, walkThrough } from '../support/openssl'

let walk: Walkthrough
let here: Computer
beforeAll(async () => {
  walk = await walkThrough()
  here = newComputer()
  await putIntoNss(walk, chromeFolder(here.home))
  await putIntoNss(walk, firefoxFolder(here.home))
})
afterAll(async () => {
  discard(here)
  await walk.remove()
})

const Answer = z.looseObject({
  certificates: z.array(z.unknown()),
  stored: z
    .array(z.looseObject({ name: z.string(), stores: z.array(z.looseObject({ keyPresent: z.boolean() })) }))
    .optional(),
})

describe('latchkey list --stores', () => {
  it('lists what others have put into the stores, with key, browsers and expiry', async () => {
    const run = await runCli(here, ['list', '--stores'])
    expect(run.code, run.stderr).toBe(0)
    expect(run.stdout).toMatch(/Also on this computer, read only:\nJohn Doe, issued by .+, until \d{4}-\d\d-\d\d\n/u)
    expect(run.stdout).toMatch(/ {2}Chrome and Chromium: key present, read by Google Chrome, /u)
    expect(run.stdout).toMatch(/ {2}Firefox \(default\): key present, read by Firefox\n/u)
  })

  it('has them in its JSON, and leaves them out without the option', async () => {
    const read = async (...args: string[]) => Answer.parse(JSON.parse((await runCli(here, args)).stdout))
    const { certificates, stored } = await read('list', '--stores', '--json')
    expect(certificates).toEqual([])
    expect(stored).toMatchObject([{ name: 'John Doe', stores: [{ keyPresent: true }, { keyPresent: true }] }])
    expect((await read('list', '--json')).stored).toBeUndefined()
  })

  it('is what “expiring” looks at as well', async () => {
    const run = await runCli(here, ['expiring', '--within', '4000d'])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(/stored +“John Doe” expires in .+, in Chrome and Chromium and Firefox \(default\)\n/u)
  })
})
