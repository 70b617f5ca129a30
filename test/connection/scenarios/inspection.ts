import { startMitmproxy } from '../../support/servers/mitmproxy'
import type { ScenarioPki } from '../pki'
import type { Scenario, StartServer } from '../scenario'
import { accessPage, always, forbidden, gate, inside, open, type Page, site } from '../sites'

/** Something in between that decrypts, and sites of a company's own that look alike. */

const good = { certificate: 'good' } as const

/** The company's own root is on this computer, under a name that says nothing. */
const byCompany = { rootIs: 'administrator' } as const
const pageFor = (page: Page) => site(always(page), open)
const inspectedByCompany: Scenario[] = [
  {
    name: 'inspected by a company, Access: MTLS Status NONE',
    server: pageFor(accessPage('NONE')),
    ...byCompany,
    ...good,
  },
  {
    name: 'inspected by a company, Access: MTLS Status NONE, none chosen',
    server: pageFor(accessPage('NONE')),
    ...byCompany,
    certificate: null,
  },
  {
    name: 'inspected by a company whose root is unknown here, Access: MTLS Status NONE',
    server: pageFor(accessPage('NONE')),
    rootIs: 'unknown',
    ...good,
  },
  { name: 'a company’s own site, 403 for everyone', server: pageFor(forbidden), ...byCompany, ...good },
  { name: 'a company’s own site that lets in', server: site(gate(inside)), ...byCompany, ...good },
  { name: 'a company’s own site, open to everyone', server: pageFor(inside), ...byCompany, ...good },
]

/** The organisation's own root is trusted here, so all that shows is the issuer's name. */
const inspected: Scenario[] = [
  {
    name: 'inspected by a trusted proxy, 403 for everyone',
    server: site(always(forbidden), (pki) => ({ ...open, identity: pki.server.inspected })),
    ...good,
  },
  {
    name: 'inspected by a trusted proxy, Access: MTLS Status NONE',
    server: site(always(accessPage('NONE')), (pki) => ({ ...open, identity: pki.server.inspected })),
    ...good,
  },
]

/** Behind a proxy that decrypts, and issues certificates by the company's own CA. */
const behind =
  (upstream: StartServer, changes: { ignores?: string } = {}): StartServer =>
  async (pki: ScenarioPki) => {
    const site = await upstream(pki)
    const proxy = await startMitmproxy({ authority: pki.server.company, ...changes })
    return {
      port: site.port,
      rootPem: changes.ignores === undefined ? pki.server.company.root : site.rootPem,
      proxy: { port: proxy.port },
      async stop() {
        await proxy.stop()
        await site.stop()
      },
    }
  }

const access = site(gate(inside, accessPage('NONE')))

/** The real thing, which takes a moment to start: not among the samples. */
const mitmproxy: Scenario[] = [
  { name: 'mitmproxy in front of Access', server: behind(access), ...byCompany, ...good },
  { name: 'mitmproxy in front of Access, root unknown here', server: behind(access), rootIs: 'unknown', ...good },
  {
    name: 'mitmproxy in front of a site that is not behind Cloudflare',
    server: behind(site(gate(inside))),
    ...byCompany,
    ...good,
  },
  {
    name: 'mitmproxy that leaves this site alone',
    server: behind(access, { ignores: 'access.latchkey.localhost' }),
    ...good,
  },
]

export const inspection: Scenario[] = [...inspectedByCompany, ...inspected, ...mitmproxy]
