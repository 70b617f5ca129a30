import { spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { get } from 'node:https'
import { createServer, type Server } from 'node:net'
import { openWorkshop, type Workshop } from './openssl'
import { listen } from './ports'

export interface NginxOptions {
  /** PEM: the CA whose clients are let in, as it would be uploaded to Access. */
  clientCa: string
  /** What the server calls itself. */
  hostname?: string
  protocols?: ('TLSv1.2' | 'TLSv1.3')[]
  /** Further `location` blocks. */
  locations?: string
}

export interface Nginx {
  port: number
  hostname: string
  /** PEM of the root that signed the server's certificate; nobody trusts it unless told to. */
  rootPem: string
  /** SHA-256 of the server key's SubjectPublicKeyInfo, lower-case hex. */
  serverKeySha256: string
  /** The access log: one line `STATUS VERIFY SUBJECT` for each request that was answered until now. */
  log(): Promise<string>
  stop(): Promise<void>
}

/** The value of the cookie that this server sets: shaped like a JWT and easy to search for. */
export const nginxToken = `eyJhbGciOiJSUzI1NiIsImtpZCI6Im5naW54In0.${Buffer.from('{"type":"app","common_name":"nginx"}').toString('base64url')}.c2lnbmF0dXJl`

/** A real server that asks for a certificate without insisting: 403 without, the Access cookie with. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const hostname = options.hostname ?? 'access.latchkey.localhost'
  const workshop = await openWorkshop()
  await makeServerCertificate(workshop, hostname)
  await workshop.write('client-ca.pem', options.clientCa)
  await workshop.write('refused.html', refusal)
  // It inherits a socket that listens already, as in an upgrade of its binary: no moment at which the port is anybody's.
  const socket = createServer()
  const port = await listen(socket)
  await workshop.write('nginx.conf', configuration(workshop, port, hostname, options))
  const child = spawn(
    'nginx',
    ['-p', workshop.folder, '-c', workshop.path('nginx.conf'), '-e', workshop.path('error.log')],
    { stdio: ['ignore', 'ignore', 'ignore', descriptorOf(socket)], env: { ...process.env, NGINX: '3;' } },
  )
  socket.close()
  return {
    port,
    hostname,
    rootPem: String(await workshop.read('server-root.pem')),
    serverKeySha256: keySha256(await workshop.read('server.pem')),
    log: () => completeLog(workshop, port),
    async stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      await ended
      await workshop.remove()
    },
  }
}

/**
 * nginx writes the line of a request once the answer is sent, so whoever has the answer may read the log too early. Its one
 * process takes requests in turn: when the line of a later one is there, those of all earlier ones are.
 */
async function completeLog({ read }: Workshop, port: number): Promise<string> {
  const marks = async () => String(await read('marks.log')).length
  const options = { host: '127.0.0.1', port, path: markPath, rejectUnauthorized: false, agent: false }
  const mark = () =>
    new Promise<void>((resolve, reject) => {
      get(options, (answer) => answer.resume().once('end', resolve)).once('error', reject)
    })
  await mark()
  const before = await marks()
  while ((await marks()) === before) await mark()
  return String(await read('access.log'))
}

const markPath = '/mark-in-the-log'

/** For `locations`: /plain lets in as the rest does, and sets no cookie. */
export const withoutCookie =
  'location = /plain { if ($ssl_client_verify != SUCCESS) { return 403; } return 200 "You are in"; }'

/** The words that people search Access' block page for. */
const refusal = `<!doctype html><title>Error</title><h1>Error – Cloudflare Access</h1><p>Forbidden</p><p>MTLS Status: NONE</p>`

const configuration = (
  { folder }: Workshop,
  port: number,
  hostname: string,
  { protocols = ['TLSv1.2', 'TLSv1.3'], locations = '' }: NginxOptions,
) => `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  log_format short '$status $ssl_client_verify $ssl_client_s_dn';
  access_log ${folder}/access.log short;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${hostname};
    ssl_certificate ${folder}/server.pem;
    ssl_certificate_key ${folder}/server.key;
    ssl_protocols ${protocols.join(' ')};
    ssl_client_certificate ${folder}/client-ca.pem;
    ssl_verify_client optional;
    ssl_verify_depth 3;
    ssl_session_tickets off;
    root ${folder};
    error_page 403 /refused.html;
    location = /refused.html { internal; default_type text/html; }
    location = ${markPath} { access_log ${folder}/marks.log short; return 204; }
    ${locations}
    location / {
      default_type text/plain;
      if ($ssl_client_verify != SUCCESS) { return 403; }
      add_header Set-Cookie "CF_Authorization=${nginxToken}; Path=/; Secure; HttpOnly; SameSite=None";
      add_header X-Client "$ssl_client_s_dn";
      return 200 "You are in, $ssl_client_s_dn";
    }
  }
}
`

async function makeServerCertificate({ openssl, write, read }: Workshop, hostname: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'server-root.key',
    '-out',
    'server-root.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Server Test Root',
  )
  await openssl('req', '-new', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${hostname}`)
  await write(
    'server.ext',
    `subjectAltName = DNS:${hostname}\nextendedKeyUsage = serverAuth\nbasicConstraints = CA:false\n`,
  )
  const issuer = ['-CA', 'server-root.pem', '-CAkey', 'server-root.key', '-CAcreateserial']
  await openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    ...issuer,
    '-out',
    'server-leaf.pem',
    '-days',
    '30',
    '-extfile',
    'server.ext',
  )
  await write('server.pem', Buffer.concat([await read('server-leaf.pem'), await read('server-root.pem')]))
}

function keySha256(pem: Buffer): string {
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex')
}

/** Node has no other word for it. */
function descriptorOf(server: Server): number {
  const handle: unknown = Reflect.get(server, '_handle')
  const descriptor: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : null
  if (typeof descriptor !== 'number') throw new Error('The socket has no descriptor.')
  return descriptor
}
