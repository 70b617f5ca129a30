import { startOpensslServer } from '../ports'
import { bothVersions, openServerFolder, type RunningServer, type ServerOptions } from './server'

export interface OpensslOptions extends ServerOptions {
  /** Leaves out the list of issuers, which OpenSSL then takes from nowhere. */
  withoutList?: boolean
  /** More arguments of `openssl s_server`. */
  args?: string[]
}

/** `openssl s_server`, which answers one connection after the other and says by its alert what was wrong. */
export async function startOpenssl(options: OpensslOptions): Promise<RunningServer> {
  const workshop = await openServerFolder(options)
  const { clientAuth, crl, protocols = bothVersions, withoutList = false, args = [] } = options
  await workshop.write('server.pem', options.identity.chain)
  await workshop.write('server.key', options.identity.key)
  const verify = clientAuth === 'required' ? '-Verify' : '-verify'
  const authorities = [withoutList ? '-verifyCAfile' : '-CAfile', 'client-ca.pem']
  const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
  const server = await startOpensslServer(workshop.folder, [
    '-www',
    '-cert_chain',
    'server.pem',
    ...versions.filter((version) => !protocols.includes(version)).map((version) => `-no_${flagOf(version)}`),
    ...(clientAuth === 'none' ? [] : [verify, '5', '-verify_return_error', ...authorities]),
    ...(crl === undefined ? [] : ['-CRL', 'crl.pem', '-crl_check']),
    ...args,
  ])
  return {
    port: server.port,
    rootPem: options.identity.root,
    async stop() {
      await server.stop()
      await workshop.remove()
    },
  }
}

const flagOf = (version: string) => version.toLowerCase().replace('v', '').replace('.', '_')
