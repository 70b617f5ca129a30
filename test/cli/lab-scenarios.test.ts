import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { LabScenario } from '#shared/model/lab-scenario'
import { ProbeReport } from '#shared/model/probe'
import { type Computer, discard, environmentOf, newComputer, runCli } from '../support/crash'

const here: Computer = newComputer()
afterAll(() => discard(here))

const Started = z.looseObject({ address: z.string(), scenario: LabScenario.nullable() })

/** The practice site in a process of its own, from the line that it prints until the signal. */
async function labWith(scenario: LabScenario) {
  const lab: ChildProcess = spawn(process.execPath, ['out/cli/latchkey.cjs', 'lab', '--scenario', scenario, '--json'], {
    env: environmentOf(here),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const started = await new Promise<z.infer<typeof Started>>((resolve, reject) => {
    lab.once('exit', () => reject(new Error('The lab ended.')))
    lab.stdout?.once('data', (chunk: Buffer) => resolve(Started.parse(JSON.parse(String(chunk)))))
  })
  const stop = () =>
    new Promise((resolve) => {
      lab.once('exit', resolve)
      lab.kill('SIGTERM')
    })
  return { ...started, stop }
}

it.each<LabScenario>(['token-expired', 'tls-version-too-old'])(
  'breaks the site as %s, still signs, and the test names the cause',
  async (scenario) => {
    const lab = await labWith(scenario)
    try {
      expect(lab.scenario).toBe(scenario)
      expect((await runCli(here, ['request', scenario, '--key', 'p-256', '-o', 'a.csr', '--force'])).code).toBe(0)
      expect((await runCli(here, ['issue', 'a.csr', '-o', 'a.pem', '--force'])).code).toBe(0)
      expect((await runCli(here, ['install', '--file', 'a.pem'])).code).toBe(0)
      const run = await runCli(here, ['test', lab.address, '-c', scenario, '--json'])
      const { report } = z.looseObject({ report: ProbeReport }).parse(JSON.parse(run.stdout))
      expect(report.findings[0]).toMatchObject({ code: scenario })
      expect(run.code).toBe(report.verdict.kind === 'unreachable' ? 3 : 1)
    } finally {
      await lab.stop()
    }
  },
)

it('lists what can be broken, and creates nothing for it', async () => {
  const empty = newComputer()
  const run = await runCli(empty, ['lab', '--list-scenarios', '--json'])
  expect(run.code).toBe(0)
  const named = z.looseObject({ scenarios: z.array(z.looseObject({ name: z.string(), broken: z.string() })) })
  const { scenarios } = named.parse(JSON.parse(run.stdout))
  expect(scenarios.map(({ name }) => name)).toEqual(LabScenario.options)
  const text = await runCli(empty, ['lab', '--list-scenarios'])
  for (const { name, broken } of scenarios) expect(text.stdout).toContain(`  ${name}\n      ${broken}\n`)
  discard(empty)
})

it('refuses a name that is not in the list', async () => {
  const run = await runCli(here, ['lab', '--scenario', 'everything'])
  expect(run.code).toBe(2)
  expect(run.stderr).toContain('--list-scenarios')
})
