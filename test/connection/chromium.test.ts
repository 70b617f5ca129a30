import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attemptFacts } from '#shared/logic/test/facts'
import type { Attempt } from '#shared/model/attempt'
import { isSoak } from '../support/rounds'
import { type Browser, type BrowserSaw, startChromium } from '../support/servers/chromium'
import { makePki, usualHostname } from './pki'
import { runScenario } from './run-scenario'
import type { Scenario, StartServer } from './scenario'
import { scenarios } from './scenarios/index'

/**
 * Headless Chromium shows no client certificate, so it is compared with the attempt without one, at every server once. Left
 * out are servers that are met in another way than by their name and port, and those that are waited for in vain.
 */
const isPlain = ({ name, hostname, connectTo, resolver, pins, timeoutMs }: Scenario) =>
  !ofTheMoment.includes(name) && [hostname, connectTo, resolver, pins, timeoutMs].every((one) => one === undefined)

/**
 * Chromium gives up a connection on which a server speaks before it was asked, if it notices in time; and its visit is the second
 * one, for which a server may have another answer.
 */
const ofTheMoment = ['an answer before the request', 'refused, and then open, and never asks']

const met = new Map<StartServer, Set<string>>()
const isFirst = ({ server, path = '/', rootIs = 'given' }: Scenario) => {
  const before = met.get(server) ?? new Set()
  met.set(server, before)
  const [size, now] = [before.size, before.add(`${path} ${rootIs}`).size]
  return now > size
}

const pki = isSoak ? await makePki() : null
const isOnOpenssl = process.versions['electron'] === undefined
const chosen = isSoak && isOnOpenssl ? scenarios.filter((scenario) => isPlain(scenario) && isFirst(scenario)) : []

/** What both can tell apart. */
const browserCame = (saw: BrowserSaw): string => {
  if ('status' in saw) return `answered ${saw.status}`
  if (saw.error.startsWith('ERR_CERT_')) return 'untrusted'
  return saw.error === 'ERR_BAD_SSL_CLIENT_AUTH_CERT' ? 'demanded' : 'none'
}

const errorIn = (saw: BrowserSaw) => ('error' in saw ? saw.error : null)

function came(attempt: Attempt): string {
  const { treatment, status, cutAfterQuestion } = attemptFacts(attempt, place, 'without')
  if (treatment === 'untrusted') return 'untrusted'
  if (status !== null) return `answered ${status}`
  // Where a server cuts the connection without an alert, Chromium has no word for the reason.
  return treatment === 'demanded' && !cutAfterQuestion ? 'demanded' : 'none'
}

/**
 * What Chromium says where it has no word for what Latchkey sees: it writes its request at once, and so loses an alert that is
 * on its way; a certificate that it cannot read, and a 304 or 101 that it did not ask for, end its visit.
 */
const withoutWord: Record<string, string[]> = {
  demanded: ['ERR_SOCKET_NOT_CONNECTED', 'ERR_CONNECTION_RESET', 'ERR_CONNECTION_CLOSED', 'ERR_SSL_PROTOCOL_ERROR'],
  untrusted: ['ERR_SSL_PROTOCOL_ERROR'],
  'answered 304': ['ERR_ABORTED'],
  'answered 101': ['ERR_EMPTY_RESPONSE'],
  'answered 302': ['ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION'],
}
const place = { hostname: usualHostname, port: 443, path: '/', practice: false }

describe.runIf(chosen.length > 0)('Chromium sees the same', () => {
  let trusting: Browser
  let wary: Browser
  beforeAll(async () => {
    const roots = Object.values(pki?.server ?? {}).map(({ root }) => root)
    trusting = await startChromium([...new Set(roots)])
    wary = await startChromium([])
  })
  afterAll(async () => {
    await trusting.close()
    await wary.close()
  })

  it.each(chosen)('$name', async (scenario) => {
    if (pki === null) return
    const server = await scenario.server(pki)
    try {
      if (server.proxy !== undefined) return
      const report = await runScenario({ ...scenario, certificate: null }, server, pki)
      const browser = scenario.rootIs === 'unknown' ? wary : trusting
      const saw = await browser.visit(`https://${usualHostname}:${server.port}${scenario.path ?? '/'}`)
      const ours = came(report.without)
      if (browserCame(saw) === 'none' && ours !== 'none') expect(withoutWord[ours]).toContain(errorIn(saw))
      else expect(browserCame(saw)).toBe(ours)
    } finally {
      await server.stop()
    }
  })
})
