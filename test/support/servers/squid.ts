import { chmod, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { openWorkshop } from '../openssl'
import { programOf } from './packages'
import { launch } from './server'

export interface SquidOptions {
  /** Names that lead to loopback; squid asks no resolver of ours. */
  hostnames: string[]
  /** Asks for this name and password. */
  login?: { user: string; password: string }
  /** Refuses every CONNECT. */
  refuses?: boolean
}

/** An HTTP proxy, as companies run it. */
export async function startSquid(options: SquidOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const program = await programOf('usr/sbin/squid')
  const workshop = await openWorkshop()
  // Started as root, it goes on as a user without rights.
  await chmod(workshop.folder, 0o777)
  // Which may not be allowed into the folder where the packages are.
  for (const [from, to] of files) await cp(join(program.root, from), workshop.path(to), { recursive: true })
  const { login } = options
  if (login !== undefined) {
    const hashed = await workshop.openssl('passwd', '-apr1', login.password)
    await workshop.write('passwords', `${login.user}:${hashed.trim()}\n`)
  }
  await workshop.write('hosts', options.hostnames.map((name) => `127.0.0.1 ${name}\n`).join(''))
  return launch({
    program,
    workshop,
    async args(port) {
      await workshop.write('squid.conf', configuration(workshop.folder, port, options))
      return ['-N', '-f', workshop.path('squid.conf')]
    },
  })
}

const files = [
  ['usr/share/squid/mime.conf', 'mime.conf'],
  ['usr/share/squid/errors/templates', 'templates'],
  ['usr/lib/squid/basic_ncsa_auth', 'basic_ncsa_auth'],
  ['usr/lib/squid/unlinkd', 'unlinkd'],
] as const

function configuration(folder: string, port: number, { login, refuses = false }: SquidOptions): string {
  const authentication = `auth_param basic program ${folder}/basic_ncsa_auth ${folder}/passwords
auth_param basic children 1 startup=1 idle=1
auth_param basic realm test
acl known proxy_auth REQUIRED
http_access deny !known`
  return `
http_port 127.0.0.1:${port}
visible_hostname proxy.latchkey.localhost
pid_filename none
cache_log ${folder}/cache.log
access_log none
cache_store_log none
cache deny all
cache_mem 4 MB
coredump_dir ${folder}
mime_table ${folder}/mime.conf
icon_directory ${folder}
error_directory ${folder}/templates
hosts_file ${folder}/hosts
dns_nameservers 127.0.0.1
dns_timeout 1 seconds
connect_timeout 2 seconds
shutdown_lifetime 0 seconds
pinger_enable off
unlinkd_program ${folder}/unlinkd
netdb_filename none
${process.getuid?.() === 0 ? 'cache_effective_user nobody' : ''}
${login === undefined ? '' : authentication}
http_access ${refuses ? 'deny' : 'allow'} all
`
}
