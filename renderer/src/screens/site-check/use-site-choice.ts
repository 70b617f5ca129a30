import { formatAddress, parseAddress } from '#shared/logic/address'
import type { SiteCandidate, SiteCheck } from '#shared/model/site-check'
import { call, useAction } from '../../api'
import { useNavigation } from '../../navigation'
import { startTest } from '../connections/running-tests'

/** What the person can choose after the check. Only a choice adds the site to the list. */
export function useSiteChoice({ host: known, report }: SiteCheck) {
  const { go, open } = useNavigation()
  const save = useAction('hosts.save')

  async function keepSite(): Promise<string> {
    if (known !== null) return known
    const place = parseAddress(report.address)
    const address = place.ok ? formatAddress(place) : report.address
    return (await save.mutateAsync({ id: null, address })).id
  }

  /** Tests the site with this certificate, and shows the test. */
  async function use({ identity, testable, sha256 }: SiteCandidate) {
    const host = await keepSite()
    if (testable === 'browser')
      void startTest({ host, identity: null, mode: 'browser' }, ({ job }) =>
        call('connections.testStored', { host, sha256, job }),
      )
    else void startTest({ host, identity, mode: 'direct' }, (input) => call('connections.test', input))
    go({ screen: 'connections', host, report: null, testWith: identity })
  }

  /** The certificate is tested on this site as soon as it has been issued. */
  async function request() {
    open('new', '', [await keepSite()])
  }

  async function testAlone() {
    const host = await keepSite()
    void startTest({ host, identity: null, mode: 'direct' }, (input) => call('connections.test', input))
    go({ screen: 'connections', host, report: null })
  }

  /** What goes wrong is in `error`. */
  const quietly = (work: () => Promise<void>) => () => void work().catch(() => undefined)
  return {
    error: save.error,
    use: (candidate: SiteCandidate) => quietly(() => use(candidate))(),
    request: quietly(request),
    testAlone: quietly(testAlone),
  }
}
