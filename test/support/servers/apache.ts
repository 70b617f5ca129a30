import { join } from 'node:path'
import { programOf } from './packages'
import {
  bothVersions,
  launch,
  openServerFolder,
  type RunningServer,
  type ServerOptions,
  type TlsVersion,
} from './server'

export interface ApacheOptions extends ServerOptions {
  /** Asks only once the request is there: renegotiation in TLS 1.2, post-handshake authentication in TLS 1.3. */
  inLocation?: boolean
  http2?: boolean
  /** How many issuers may stand above a certificate; 3 where nothing is said. */
  depth?: number
  /** Lets the handshake pass with certificates of unknown issuers. */
  judgesLater?: boolean
  /** Lines of the configuration for the site. */
  lines?: string[]
}

const modules = ['mpm_event', 'ssl', 'http2', 'authz_core', 'dir', 'rewrite', 'socache_shmcb']

export async function startApache(options: ApacheOptions): Promise<RunningServer> {
  const program = await programOf('usr/sbin/apache2')
  const workshop = await openServerFolder(options)
  const { port, stop } = await launch({
    program,
    workshop,
    async args(port) {
      await workshop.write('apache.conf', configuration(program.root, workshop.folder, port, options))
      // One process and no children, so that ending it ends the server.
      return ['-X', '-f', workshop.path('apache.conf')]
    },
  })
  return { port, rootPem: options.identity.root, stop }
}

function configuration(root: string, folder: string, port: number, options: ApacheOptions): string {
  const { clientAuth, crl, protocols = bothVersions, inLocation = false, http2 = false, depth = 3 } = options
  const { judgesLater = false, lines = [] } = options
  const verify = `SSLVerifyClient ${judgesLater ? 'optional_no_ca' : clientAuth === 'required' ? 'require' : clientAuth}\n  SSLVerifyDepth ${depth}`
  const optional = 'RewriteEngine on\n  RewriteCond %{SSL:SSL_CLIENT_VERIFY} !=SUCCESS\n  RewriteRule .* - [F]'
  return `
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
${modules.map((name) => `LoadModule ${name}_module ${join(root, 'usr/lib/apache2/modules', `mod_${name}.so`)}`).join('\n')}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
Listen 127.0.0.1:${port}
ServerName access.latchkey.localhost
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
SSLSessionCache none
SSLSessionTickets off
DocumentRoot ${folder}
<Directory ${folder}>
  Require all granted
</Directory>
<VirtualHost 127.0.0.1:${port}>
  SSLEngine on
  SSLCertificateFile ${folder}/chain.pem
  SSLCertificateKeyFile ${folder}/key.pem
  SSLProtocol ${protocols.map(nameOf).join(' ')}
  ${http2 ? 'Protocols h2 http/1.1' : ''}
  ${clientAuth === 'none' ? '' : `SSLCACertificateFile ${folder}/client-ca.pem`}
  ${crl === undefined ? '' : `SSLCARevocationFile ${folder}/crl.pem\n  SSLCARevocationCheck chain`}
  ${inLocation ? `<Location />\n  ${verify}\n  </Location>` : verify}
  ${clientAuth === 'optional' ? optional : ''}
  ${lines.join('\n  ')}
</VirtualHost>
`
}

const nameOf = (version: TlsVersion) => `+${version}`
