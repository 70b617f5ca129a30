import { join } from 'node:path'
import { programOf } from './packages'
import { bothVersions, launch, openServerFolder, type RunningServer, type ServerOptions } from './server'

interface LighttpdOptions extends ServerOptions {
  /** How many issuers may stand above a certificate; 9 where nothing is said. */
  depth?: number
  /** Lines of the configuration. */
  lines?: string[]
}

/** Where a certificate is optional, it lets everybody in. */
export async function startLighttpd(options: LighttpdOptions): Promise<RunningServer> {
  const program = await programOf('usr/sbin/lighttpd')
  const workshop = await openServerFolder(options)
  const { port, stop } = await launch({
    program,
    workshop,
    async args(port) {
      await workshop.write('lighttpd.conf', configuration(workshop.folder, port, options))
      return ['-D', '-m', join(program.root, 'usr/lib/lighttpd'), '-f', workshop.path('lighttpd.conf')]
    },
  })
  return { port, rootPem: options.identity.root, stop }
}

function configuration(folder: string, port: number, options: LighttpdOptions): string {
  const { clientAuth, crl, protocols = bothVersions, depth = 9, lines = [] } = options
  const verify = `
ssl.verifyclient.activate = "enable"
ssl.verifyclient.enforce = "${clientAuth === 'required' ? 'enable' : 'disable'}"
ssl.verifyclient.depth = ${depth}
ssl.verifyclient.ca-file = "${folder}/client-ca.pem"
${crl === undefined ? '' : `ssl.verifyclient.ca-crl-file = "${folder}/crl.pem"`}
`
  return `
server.modules = ("mod_openssl")
server.document-root = "${folder}"
server.errorlog = "${folder}/error.log"
server.bind = "127.0.0.1"
server.port = ${port}
index-file.names = ("index.html")
mimetype.assign = (".html" => "text/html")
ssl.engine = "enable"
ssl.pemfile = "${folder}/chain.pem"
ssl.privkey = "${folder}/key.pem"
ssl.openssl.ssl-conf-cmd = ("MinProtocol" => "${protocols[0]}", "MaxProtocol" => "${protocols.at(-1)}")
${clientAuth === 'none' ? '' : verify}
${lines.join('\n')}
`
}
