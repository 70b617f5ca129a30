import { afterAll, describe, expect, it } from 'vitest'
import { isSoak } from '../support/rounds'
import { causes, expected, verdicts } from './expected'
import { judgedIn } from './judge'
import { makePki } from './pki'
import { runScenario } from './run-scenario'
import type { Scenario, ScenarioServer, StartServer } from './scenario'
import { scenarios } from './scenarios/index'
import { show } from './show'

/** Made once: every server and every certificate of this file belongs to it. */
const pki = await makePki()
const isOnOpenssl = process.versions['electron'] === undefined
const chosen = scenarios.filter(
  ({ sample, race, onOpensslOnly, onBoringOnly }) =>
    (isSoak || sample === true || race === true) && (isOnOpenssl ? onBoringOnly : onOpensslOnly) !== true,
)
/** What may depend on a moment must come out the same, however often it runs. */
const timesOfRace = isSoak ? 50 : isOnOpenssl ? 5 : 1
const rows = new Map(expected.map((row) => [row[0], row]))

/** Servers that run, until the last of the scenarios that share one is over. */
const running = new Map<StartServer, Promise<ScenarioServer>>()
const waiting = new Map<StartServer, number>()
for (const { server } of chosen) waiting.set(server, (waiting.get(server) ?? 0) + 1)

function serverOf({ server }: Scenario): Promise<ScenarioServer> {
  const started = running.get(server) ?? server(pki)
  running.set(server, started)
  return started
}

async function leave({ server }: Scenario): Promise<void> {
  const others = (waiting.get(server) ?? 0) - 1
  waiting.set(server, others)
  if (others > 0) return
  const started = running.get(server)
  running.delete(server)
  await (await started)?.stop()
}

afterAll(async () => {
  for (const started of running.values()) await (await started).stop()
})

describe('The table and the scenarios', () => {
  it('have the same names, each once', () => {
    expect(expected.map(([name]) => name)).toEqual([...rows.keys()])
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length)
    expect(scenarios.map(({ name }) => name).sort()).toEqual([...rows.keys()].sort())
  })

  it.each(expected)('agree on who acts and on the exit code: %s', (_name, verdict, cause, who, exit) => {
    expect({ who, exit }).toEqual({ who: cause === null ? null : causes[cause], exit: verdicts[verdict] })
  })

  it('name every cause at least once in the sample', () => {
    const sampled = scenarios.filter(({ sample }) => sample === true).map(({ name }) => rows.get(name)?.[2])
    expect(Object.keys(causes).filter((cause) => !sampled.some((one) => one === cause))).toEqual([])
  })

  it('name every verdict', () => {
    const named = new Set<string>(expected.map(([, verdict]) => verdict))
    expect(Object.keys(verdicts).filter((verdict) => !named.has(verdict))).toEqual([])
  })
})

describe('What is said of', () => {
  for (const scenario of chosen) {
    it(scenario.name, async () => {
      const [, verdict, cause, who, exit] = rows.get(scenario.name) ?? []
      try {
        const server = await serverOf(scenario)
        for (let round = 0; round < (scenario.race === true ? timesOfRace : 1); round += 1) {
          const report = await runScenario(scenario, server, pki)
          show(scenario, report)
          expect(judgedIn(report)).toEqual({ verdict, cause, who, exit })
        }
      } finally {
        await leave(scenario)
      }
    })
  }
})
