import { notifications } from '@mantine/notifications'
import { useEffect, useEffectEvent, useRef } from 'react'
import { shortAddress } from '#shared/logic/address'
import { quoted } from '#shared/logic/isolate'
import { call, useAnswer } from '../../../api'
import { useImport } from '../../../import/import-context'
import { useNavigation, usePlace } from '../../../navigation'
import { startTest } from '../running-tests'
import { type DueTest, dueTests } from './due-tests'

/** Tests a site as soon as the certificate that was requested for it has been issued, whatever is on the screen. */
export function AwaitedTests() {
  const { state: importing } = useImport()
  const { data: sites } = useAnswer('hosts.list', { limit: 1000 })
  const isAnyAwaited = sites?.rows.some(({ replacement }) => replacement !== null) ?? false
  const { data: all } = useAnswer('identities.list', { limit: 1000 }, { enabled: isAnyAwaited })
  // Once the window that says what was added is closed: its button leads to the site.
  const isReady = importing.step.kind === 'idle'
  // Each once: why a test could not be made is on the page of its site.
  const started = useRef(new Set<string>())
  const isShown = useIsShown()

  const start = useEffectEvent((due: DueTest[]) => {
    const fresh = due.filter((one) => !started.current.has(keyOf(one)))
    for (const one of fresh) started.current.add(keyOf(one))
    void testInTurn(fresh, isShown)
  })
  useEffect(() => {
    if (isReady) start(dueTests(sites?.rows ?? [], all?.rows ?? []))
  }, [isReady, sites, all])
  return null
}

const keyOf = ({ host, certificate }: DueTest) => `${host.id} ${certificate.sha256}`

async function testInTurn(due: DueTest[], isShown: (host: string) => boolean): Promise<void> {
  for (const one of due) await test(one, isShown)
}

async function test({ host, certificate }: DueTest, isShown: (host: string) => boolean): Promise<void> {
  const choice = { host: host.id, identity: certificate.id, mode: 'direct' } as const
  const report = await startTest(choice, (input) => call('connections.test', input))
  if (report === null || isShown(host.id)) return
  const { tone, sentence } = report.verdict
  notifications.show({
    color: tone === 'good' ? 'teal' : 'orange',
    title: `${shortAddress(host)} was tested with ${quoted(certificate.name)}.`,
    message: sentence,
    // Nobody may be looking when it comes.
    autoClose: false,
  })
}

/** Whether a site’s latest report is on the screen at the moment of the question. */
function useIsShown(): (host: string) => boolean {
  const { screen } = useNavigation()
  const { host, report } = usePlace('connections')
  const shown = useRef<string | null>(null)
  useEffect(() => {
    shown.current = screen === 'connections' && report === null ? host : null
  }, [screen, host, report])
  return (wanted) => shown.current === wanted
}
