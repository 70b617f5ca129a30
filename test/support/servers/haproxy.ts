import { nothingListens } from '../ports'
import { programOf } from './packages'
import { bothVersions, launch, openServerFolder, type RunningServer, type ServerOptions, welcome } from './server'

export interface HaproxyOptions extends ServerOptions {
  http2?: boolean
  /** Sends `unrecognized_name` for names that are not in its certificate. */
  strictSni?: boolean
  /** Lets the handshake pass with any certificate; the answer is 403 where it does not verify. */
  judgesLater?: boolean
  /** Instead of answering itself: `http` and `tcp` pass on to a server that is not running. */
  behind?: 'http' | 'tcp'
  /** Lines of the configuration before the answer. */
  rules?: string[]
}

export async function startHaproxy(options: HaproxyOptions): Promise<RunningServer> {
  const program = await programOf('usr/sbin/haproxy')
  const workshop = await openServerFolder(options)
  const { port, stop } = await launch({
    program,
    workshop,
    async args(port) {
      await workshop.write('haproxy.cfg', configuration(workshop.folder, port, options))
      return ['-db', '-f', workshop.path('haproxy.cfg')]
    },
  })
  return { port, rootPem: options.identity.root, stop }
}

function configuration(folder: string, port: number, options: HaproxyOptions): string {
  const { clientAuth, crl, protocols = bothVersions, strictSni = false, judgesLater = false, http2 = false } = options
  const { behind, rules: more = [] } = options
  const bind = [
    `bind 127.0.0.1:${port} ssl crt ${folder}/both.pem`,
    `ssl-min-ver ${protocols[0]?.replace(/v1$/u, 'v1.0')} ssl-max-ver ${protocols.at(-1)?.replace(/v1$/u, 'v1.0')}`,
    ...(clientAuth === 'none' ? [] : [`ca-file ${folder}/client-ca.pem verify ${clientAuth}`]),
    ...(crl === undefined ? [] : [`crl-file ${folder}/crl.pem`]),
    ...(judgesLater ? ['ca-ignore-err all crt-ignore-err all'] : []),
    ...(strictSni ? ['strict-sni'] : []),
    ...(http2 ? ['alpn h2,http/1.1'] : []),
  ].join(' ')
  const forbid = 'http-request return status 403 content-type text/plain string "Forbidden"'
  const rules = [
    ...more,
    ...(clientAuth === 'optional' && behind !== 'tcp' && more.length === 0 ? [`${forbid} unless { ssl_c_used }`] : []),
    ...(judgesLater ? [`${forbid} unless { ssl_c_verify 0 }`] : []),
  ]
  return `
global
  maxconn 64
defaults
  mode ${behind === 'tcp' ? 'tcp' : 'http'}
  timeout client 30s
  timeout server 30s
  timeout connect 5s
frontend site
  ${bind}
  ${rules.join('\n  ')}
  ${behind === undefined ? `http-request return status 200 content-type text/plain string "${welcome}"` : 'default_backend gone'}
${
  behind === undefined
    ? ''
    : `backend gone
  retries 0
  server gone 127.0.0.1:${nothingListens}`
}
`
}
