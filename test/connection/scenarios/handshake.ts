import { type ApacheOptions, startApache } from '../../support/servers/apache'
import { startCaddy } from '../../support/servers/caddy'
import { startGnutls } from '../../support/servers/gnutls'
import { type HaproxyOptions, startHaproxy } from '../../support/servers/haproxy'
import { startLighttpd } from '../../support/servers/lighttpd'
import { type NginxOptions, startNginxSite } from '../../support/servers/nginx'
import { type NodeOptions, startNode } from '../../support/servers/node'
import { type OpensslOptions, startOpenssl } from '../../support/servers/openssl'
import { type ServerOptions, welcome } from '../../support/servers/server'
import { startStunnel } from '../../support/servers/stunnel'
import type { ClientName, ScenarioPki } from '../pki'
import type { Scenario, StartServer } from '../scenario'

/** Real servers that check certificates in the handshake, each with certificates that are right and wrong in every way. */

type Changes<Options> = Partial<Options> | ((pki: ScenarioPki) => Partial<Options>)

const usual = (pki: ScenarioPki, changes: Changes<ServerOptions>): ServerOptions => ({
  identity: pki.server.usual,
  clientAuth: 'required',
  clientCa: pki.clientCa,
  ...(typeof changes === 'function' ? changes(pki) : changes),
})

const starter =
  <Options extends ServerOptions>(start: (options: ServerOptions & Partial<Options>) => ReturnType<StartServer>) =>
  (changes: Changes<Options> = {}): StartServer =>
  (pki) =>
    start({ ...usual(pki, {}), ...(typeof changes === 'function' ? changes(pki) : changes) })

const nginx = starter<NginxOptions>((options) => startNginxSite({ depth: 3, ...options }))
const haproxy = starter<HaproxyOptions>(startHaproxy)
const apache = starter<ApacheOptions>(startApache)
const lighttpd = starter<ServerOptions>(startLighttpd)
const stunnel = starter<ServerOptions>(startStunnel)
const gnutls = starter<ServerOptions>(startGnutls)
const caddy = starter<ServerOptions>(startCaddy)
const openssl = starter<OpensslOptions>(startOpenssl)
const node = starter<NodeOptions>((options) => startNode(options, (_request, response) => response.end(welcome)))

type Flags = Pick<Scenario, 'race' | 'sample'>
const race = { race: true } as const
const sample = { sample: true } as const

/** One server, tried with each of these; `none` is no certificate. */
function each(label: string, server: StartServer, tried: { [Name in ClientName | 'none']?: Flags }): Scenario[] {
  return (Object.keys(tried) as (ClientName | 'none')[]).map((client) => ({
    name: `${label}: ${client}`,
    server,
    certificate: client === 'none' ? null : client,
    ...tried[client],
  }))
}

const current = (pki: ScenarioPki) => ({ crl: pki.crls.current })
const outdated = (pki: ScenarioPki) => ({ crl: pki.crls.expired })
const missing = (pki: ScenarioPki) => ({ crl: pki.crls.ofRootOnly })
const tls12 = { protocols: ['TLSv1.2' as const] }
const tls13 = { protocols: ['TLSv1.3' as const] }
const optional = { clientAuth: 'optional' as const }
const rootAlone = (pki: ScenarioPki) => ({ clientCa: pki.clientRoot })

export const handshake: Scenario[] = [
  ...each('nginx on', nginx(), {
    none: sample,
    good: sample,
    goodWithRoot: {},
    goodWithoutIssuers: {},
    goodRsa: {},
    goodP384: {},
    withoutUses: {},
    ofRenewedIssuer: {},
    longChain: {},
    ed25519: {},
    x25519: sample,
    expired: sample,
    notYetValid: sample,
    forServersOnly: sample,
    cannotSign: sample,
    selfSigned: sample,
    foreign: sample,
    namesake: sample,
    ofExpiredIssuer: sample,
    rsa1024: sample,
    sha1: sample,
    belowShortCa: {},
    belowNoCa: {},
    belowServersCa: {},
  }),
  ...each('nginx on, TLS 1.2', nginx(tls12), { none: {}, good: {}, foreign: {}, expired: {} }),
  ...each('nginx on, root alone', nginx(rootAlone), { good: {}, goodWithoutIssuers: sample }),
  ...each('nginx on, one issuer deep', nginx({ depth: 1 }), { good: {}, longChain: {} }),
  ...each('nginx on, revocation list', nginx(current), { good: {}, revoked: {} }),
  ...each('nginx on, outdated revocation list', nginx(outdated), { good: {} }),
  ...each('nginx on, revocation list missing', nginx(missing), { good: {} }),
  ...each('nginx optional', nginx(optional), { none: {}, good: {}, foreign: {}, expired: {} }),
  ...each('nginx judges later', nginx({ ...optional, judgesLater: true }), { none: {}, good: {}, foreign: {} }),
  ...each('nginx on, ECDSA alone', nginx({ lines: ['ssl_conf_command ClientSignatureAlgorithms ECDSA+SHA256;'] }), {
    good: {},
    goodRsa: sample,
    ed25519: {},
  }),
  ...each(
    'nginx optional, ECDSA alone',
    nginx({ ...optional, lines: ['ssl_conf_command ClientSignatureAlgorithms ECDSA+SHA256;'] }),
    { goodRsa: {} },
  ),
  ...each(
    'nginx on, pages of its own',
    nginx({ lines: ['error_page 495 496 =403 /refused;', 'location = /refused { internal; return 403 "Go away"; }'] }),
    { none: {}, good: {}, foreign: {}, expired: {} },
  ),
  ...each('nginx on, 403 inside', nginx({ inLocation: ['return 403;'] }), { good: {} }),
  ...each('nginx on, 404 inside', nginx({ inLocation: ['return 404;'] }), { good: {} }),
  ...each('nginx on, 400 inside', nginx({ inLocation: ['return 400 "Bad Request";'] }), { good: {} }),

  ...each('haproxy required', haproxy(), {
    none: race,
    good: race,
    expired: race,
    notYetValid: {},
    forServersOnly: race,
    cannotSign: {},
    selfSigned: race,
    foreign: race,
    namesake: {},
    ofExpiredIssuer: {},
    rsa1024: {},
    sha1: {},
    belowNoCa: {},
    belowServersCa: {},
  }),
  ...each('haproxy required, TLS 1.2', haproxy(tls12), { none: {}, good: {}, foreign: {}, forServersOnly: {} }),
  ...each('haproxy required, revocation list', haproxy(current), { good: {}, revoked: { ...race, ...sample } }),
  ...each('haproxy required, outdated revocation list', haproxy(outdated), { good: { ...race, ...sample } }),
  ...each('haproxy required, revocation list missing', haproxy(missing), { good: race }),
  ...each('haproxy optional', haproxy(optional), { none: {}, good: {}, foreign: {} }),
  ...each('haproxy judges later', haproxy({ ...optional, judgesLater: true }), {
    none: {},
    good: {},
    foreign: {},
    expired: {},
  }),

  ...each('apache required', apache(), {
    none: race,
    good: race,
    expired: race,
    notYetValid: {},
    forServersOnly: {},
    selfSigned: {},
    foreign: race,
  }),
  ...each('apache required, TLS 1.2', apache(tls12), { none: {}, good: {}, foreign: {}, expired: {} }),
  ...each('apache required, one issuer deep', apache({ depth: 1 }), { longChain: {} }),
  ...each('apache required, revocation list', apache(current), { good: {}, revoked: race }),
  ...each('apache required, outdated revocation list', apache(outdated), { good: {} }),
  ...each('apache required, revocation list missing', apache(missing), { good: {} }),
  ...each('apache optional', apache(optional), { none: {}, good: {}, foreign: {} }),

  ...each('lighttpd required', lighttpd(), {
    none: race,
    good: {},
    expired: race,
    forServersOnly: {},
    selfSigned: {},
    foreign: race,
  }),
  ...each('lighttpd required, TLS 1.2', lighttpd(tls12), { good: {}, foreign: {} }),
  ...each('lighttpd required, revocation list', lighttpd(current), { revoked: {} }),
  ...each('lighttpd required, outdated revocation list', lighttpd(outdated), { good: {} }),
  ...each('lighttpd optional', lighttpd(optional), { good: {} }),

  ...each('stunnel required', stunnel(), { none: race, good: {}, expired: race, selfSigned: {}, foreign: race }),
  ...each('stunnel required, TLS 1.2', stunnel(tls12), { good: {}, foreign: {} }),
  ...each('stunnel optional', stunnel(optional), { good: {}, foreign: {} }),

  ...each('gnutls-serv required', gnutls(), {
    none: race,
    good: {},
    expired: race,
    selfSigned: {},
    foreign: race,
  }),
  ...each('gnutls-serv required, TLS 1.2', gnutls(tls12), { none: {}, good: {}, foreign: {} }),
  ...each('gnutls-serv required, revocation list', gnutls(current), { revoked: {} }),
  ...each('gnutls-serv optional', gnutls(optional), { good: {} }),

  ...each('caddy required', caddy(), {
    none: race,
    good: {},
    expired: race,
    notYetValid: {},
    forServersOnly: {},
    selfSigned: {},
    foreign: race,
    namesake: { ...race, ...sample },
  }),
  ...each('caddy required, TLS 1.2', caddy(tls12), { none: {}, good: {}, foreign: {} }),
  ...each('caddy optional', caddy(optional), { none: {}, good: {}, foreign: {} }),

  ...each('node required', node(), {
    none: race,
    good: {},
    expired: race,
    forServersOnly: {},
    selfSigned: {},
    foreign: race,
    namesake: race,
  }),
  ...each('node required, TLS 1.2', node(tls12), { good: {}, foreign: {} }),
  ...each('node required, revocation list', node(current), { good: {}, revoked: race }),
  ...each('node required, no list of issuers', node({ withoutList: true }), { good: {} }),

  ...each('s_server required', openssl(), {
    none: {},
    good: {},
    expired: {},
    notYetValid: {},
    forServersOnly: {},
    selfSigned: {},
    foreign: {},
  }),
  ...each('s_server required, TLS 1.3 alone', openssl(tls13), { good: {}, foreign: {} }),
  ...each('s_server required, no list of issuers', openssl({ withoutList: true }), {
    good: {},
    foreign: {},
    selfSigned: {},
  }),
  ...each(
    's_server required, root alone, no list of issuers',
    openssl((pki) => ({ clientCa: pki.clientRoot, withoutList: true })),
    { good: {}, goodWithoutIssuers: {} },
  ),
  ...each('s_server required, revocation list', openssl(current), { good: {}, revoked: {} }),
]
