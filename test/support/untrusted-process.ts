import { readFileSync } from 'node:fs'
import { remoteInfo } from '#electron/cfssl/remote'
import { LabDescription } from '#electron/lab/announcement'
import { issueRemotely } from '#electron/lab/issue'
import { askServer } from '#electron/platform/ask-server'
import { systemClock } from '#electron/platform/clock'
import { createTokenKeys } from '#electron/probe/token-keys'
import { isAppError } from '#shared/errors'
import { directProbe, probeInput } from './probe'

/**
 * `node bundle.cjs PORT OTHER-SITE.json`: every way of ours to a server, tried on one that nobody vouches for. The tests set
 * the environment; one line of JSON says what became of each.
 */
const port = Number(process.argv[2])
const otherSite = LabDescription.parse(JSON.parse(readFileSync(process.argv[3] ?? '', 'utf8')))
const url = new URL(`https://localhost:${port}/`)
const connectTo = { address: '127.0.0.1', port }

const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (isAppError(error) ? error.code : 'refused'),
  )

async function report(): Promise<Record<string, string>> {
  const keys = createTokenKeys({
    practice: async () => null,
    askServer: (question) => askServer({ ...question, connectTo }),
    clock: systemClock,
  })
  const { without } = await directProbe().test(probeInput(port))
  return {
    plain: await outcome(askServer({ url, maxBytes: 1024, timeoutMs: 10_000 })),
    elsewhere: await outcome(askServer({ url, maxBytes: 1024, timeoutMs: 10_000, connectTo })),
    signer: await outcome(remoteInfo({ url, label: '', profile: '', authKey: null })),
    lab: await outcome(issueRemotely({ ...otherSite, port }, new Uint8Array([1]))),
    tokenKeys: (await keys.keysFor('https://acme.cloudflareaccess.com')).kind,
    probe: `${without.attempt.outcome.kind}, ${without.attempt.tls?.trust}`,
  }
}

report().then((seen) => console.log(JSON.stringify(seen)))
