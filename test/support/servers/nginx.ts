import { bothVersions, launch, openServerFolder, type RunningServer, type ServerOptions, welcome } from './server'

export interface NginxOptions extends ServerOptions {
  /** How many issuers may stand between a certificate and its root; 1 where nothing is said, as in nginx itself. */
  depth?: number
  http2?: boolean
  /** Lines of the configuration for the server as a whole. */
  lines?: string[]
  /** Lines of the configuration for its only location, before the answer. */
  inLocation?: string[]
  /** Lets the handshake pass with certificates of unknown issuers; the answer is 403 where one does not verify. */
  judgesLater?: boolean
  /** More words of the `listen` line. */
  listen?: string
}

/** With `ssl_verify_client on` or `optional`, which answer a certificate that does not verify with a page of their own. */
export async function startNginxSite(options: NginxOptions): Promise<RunningServer> {
  const workshop = await openServerFolder(options)
  const { port, stop } = await launch({
    program: { command: 'nginx', env: process.env, root: '/' },
    workshop,
    async args(port) {
      await workshop.write('nginx.conf', configuration(workshop.folder, port, options))
      return ['-p', workshop.folder, '-c', workshop.path('nginx.conf'), '-e', workshop.path('error.log')]
    },
  })
  return { port, rootPem: options.identity.root, stop }
}

function configuration(folder: string, port: number, options: NginxOptions): string {
  const { clientAuth, crl, protocols = bothVersions, depth = 1, lines = [], inLocation = [] } = options
  const { judgesLater = false, http2 = false, listen = '' } = options
  const mode = judgesLater ? 'optional_no_ca' : clientAuth === 'required' ? 'on' : 'optional'
  const verify = [
    `ssl_client_certificate ${folder}/client-ca.pem;`,
    `ssl_verify_client ${mode};`,
    `ssl_verify_depth ${depth};`,
    ...(crl === undefined ? [] : [`ssl_crl ${folder}/crl.pem;`]),
  ]
  return `
daemon off;
master_process off;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} ssl${http2 ? ' http2' : ''} ${listen};
    ssl_certificate ${folder}/chain.pem;
    ssl_certificate_key ${folder}/key.pem;
    ssl_protocols ${protocols.join(' ')};
    ssl_session_tickets off;
    ${(clientAuth === 'none' ? [] : verify).join('\n    ')}
    ${lines.join('\n    ')}
    location / {
      default_type text/plain;
      ${clientAuth === 'optional' && inLocation.length === 0 ? 'if ($ssl_client_verify != SUCCESS) { return 403; }' : ''}
      ${inLocation.join('\n      ')}
      return 200 "${welcome}";
    }
  }
}
`
}
