import { createServer } from 'node:http'
import { listen, nothingListens } from '../ports'
import { programOf } from './packages'
import { bothVersions, launch, openServerFolder, type RunningServer, type ServerOptions, welcome } from './server'

interface StunnelOptions extends ServerOptions {
  /** Nothing runs behind it. */
  nothingBehind?: true
  /** Lines of the configuration for the service. */
  lines?: string[]
}

/** In front of a server that lets everybody in. */
export async function startStunnel(options: StunnelOptions): Promise<RunningServer> {
  const program = await programOf('usr/bin/stunnel4')
  const workshop = await openServerFolder(options)
  const behind = createServer((_request, response) => response.end(welcome))
  const backend = options.nothingBehind === true ? nothingListens : await listen(behind)
  const { port, stop } = await launch({
    program,
    workshop,
    async args(port) {
      await workshop.write('stunnel.conf', configuration(workshop.folder, port, backend, options))
      return [workshop.path('stunnel.conf')]
    },
  })
  return {
    port,
    rootPem: options.identity.root,
    async stop() {
      await stop()
      behind.close()
      behind.closeAllConnections()
    },
  }
}

function configuration(folder: string, port: number, backend: number, options: StunnelOptions): string {
  const { clientAuth, crl, protocols = bothVersions } = options
  const verify = `CAfile = ${folder}/client-ca.pem
verifyChain = yes
requireCert = ${clientAuth === 'required' ? 'yes' : 'no'}
${crl === undefined ? '' : `CRLfile = ${folder}/crl.pem`}`
  return `
foreground = quiet
pid =
output = ${folder}/stunnel.log
[site]
accept = 127.0.0.1:${port}
connect = 127.0.0.1:${backend}
cert = ${folder}/chain.pem
key = ${folder}/key.pem
sslVersionMin = ${protocols[0]}
sslVersionMax = ${protocols.at(-1)}
${clientAuth === 'none' ? '' : verify}
${(options.lines ?? []).join('\n')}
`
}
