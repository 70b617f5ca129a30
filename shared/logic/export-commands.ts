import type { Destination } from '../model/convert'
import type { Host } from '../model/host'
import { formatAddress, formatConnectTo, hostHeader } from './address'
import { fileHere, hasControl, posix, powershell, quotedAscii } from './quoting'
import { commandFor, curlFile, nodeRequest } from './report/commands'

/** How one program uses the files that were saved. */
interface FileUse {
  program: string
  /** A command, a program, a part of a configuration, or the way through the menus; never with a password in it. */
  text: string
  /** What to do around it. */
  hint: string
}

/** Nothing for a name or site that this cannot be written for safely; `reason` says so. */
export type FileUses = { ok: true; uses: [FileUse, ...FileUse[]] } | { ok: false; reason: string }

export interface SavedFiles {
  destination: Destination
  /** Base names: the file that was asked for, and the key beside it, if it has a file of its own. */
  names: string[]
  /** Whether a private key is in them, and whether under a password. */
  key: 'none' | 'encrypted' | 'plain'
  site: Pick<Host, 'hostname' | 'port' | 'path' | 'connectTo'>
}

const here = 'Run it in the folder of the file.'
const asksPassword = (key: SavedFiles['key'], who: string) =>
  key === 'encrypted' ? ` ${who} asks for the password.` : ''

/** What comes after saving: how the program that the files are for takes them. */
export function usesOf(saved: SavedFiles): FileUses {
  const [name] = saved.names
  const { site } = saved
  const parts = [...saved.names, formatAddress(site), site.connectTo?.address ?? '']
  if (name === undefined || parts.some(hasControl))
    return { ok: false, reason: 'The name holds a character that cannot be written safely in a command.' }
  const file = posix(fileHere(name))
  switch (saved.destination) {
    case 'macos':
      return one('Terminal', `security import ${file}`, `${here} Keychain asks for the password of the file.`)
    case 'windows':
      return one('PowerShell', windowsImport(name), `${here} It asks for the password of the file.`)
    case 'firefox':
      return one('Firefox', firefoxSteps(name), 'Firefox asks for the password of the file.')
    case 'java':
      return javaUses(name, saved)
    case 'openssl':
      return opensslUses(name, saved)
    case 'curl':
      return pemUses(name, saved)
    case 'nginx':
      return nginxUse(name, saved)
    case 'pem':
      if (saved.key === 'none') return one('OpenSSL', `openssl x509 -in ${file} -noout -text`, here)
      return one('curl', curlWithOneFile(name, saved), here + asksPassword(saved.key, 'curl'))
    case 'der':
      return one('OpenSSL', `openssl x509 -inform DER -in ${file} -noout -text`, here)
    case 'p7b':
      return one('OpenSSL', `openssl pkcs7 -inform DER -in ${file} -print_certs -noout`, here)
    case 'pkcs8':
    case 'traditional-key':
      return one('OpenSSL', `openssl pkey -in ${file} -check -noout`, here + asksPassword(saved.key, 'OpenSSL'))
  }
}

const one = (program: string, text: string, hint: string): FileUses => ({ ok: true, uses: [{ program, text, hint }] })

/** Into the person's own store, where browsers look. The password is asked for, and not shown. */
function windowsImport(name: string): string {
  const password = "(Read-Host -AsSecureString 'Password of the file')"
  return [
    `Import-PfxCertificate -FilePath ${powershell(name)}`,
    '-CertStoreLocation Cert:\\CurrentUser\\My',
    `-Password ${password}`,
  ].join(' `\n  ')
}

const firefoxSteps = (name: string) =>
  ['Settings → Privacy & Security → Certificates → View Certificates…', `Your Certificates → Import… → ${name}`].join(
    '\n',
  )

/** Java 11 and later run a single source file; the password is typed and never part of the command. */
function javaUses(name: string, { site }: SavedFiles): FileUses {
  const program = `import java.io.File;
import java.net.URI;
import java.net.http.*;
import java.security.KeyStore;
import javax.net.ssl.*;

public class Client {
  public static void main(String[] arguments) throws Exception {
    char[] password = System.console().readPassword("Password of the file: ");
    KeyStore store = KeyStore.getInstance(new File(${quotedAscii(name)}), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(${quotedAscii(formatAddress(site))})).build();
    System.out.println(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
  }
}`
  const file = posix(fileHere(name))
  return {
    ok: true,
    uses: [
      {
        program: 'Java',
        text: program,
        hint: `Save it as Client.java beside the file and run: java Client.java.${site.connectTo === null ? '' : ' It uses the address that DNS has for the name.'}`,
      },
      {
        program: 'keytool',
        text: `keytool -list -storetype PKCS12 -keystore ${file}`,
        hint: `${here} It asks for the password and lists the certificate.`,
      },
    ],
  }
}

function opensslUses(name: string, { site }: SavedFiles): FileUses {
  const { hostname, port, connectTo } = site
  const target = connectTo ?? { address: hostname, port }
  const host = target.address.includes(':') ? `[${target.address}]` : target.address
  const command = [
    `openssl s_client -connect ${posix(`${host}:${target.port}`)}`,
    `-servername ${posix(hostname)}`,
    `-verify_hostname ${posix(hostname)} -verify_return_error`,
    `-cert ${posix(fileHere(name))} -cert_chain ${posix(fileHere(name))}`,
  ].join(' \\\n  ')
  const program = nodeRequest(site, [`pfx: readFileSync(${quotedAscii(name)})`, 'passphrase: process.env.P12_PASSWORD'])
  return {
    ok: true,
    uses: [
      { program: 'OpenSSL', text: command, hint: `${here} It asks for the password of the file.` },
      {
        program: 'Node',
        text: program,
        hint: 'Save it as client.mjs beside the file. It takes the password from the variable P12_PASSWORD.',
      },
    ],
  }
}

function pemUses(certificate: string, { names, key, site }: SavedFiles): FileUses {
  const files = { certificate, key: names[1] ?? certificate, isKeyEncrypted: key === 'encrypted' }
  const text = (tool: 'curl' | 'node' | 'python' | 'postman') => commandFor(tool, { host: site, files }) ?? ''
  const variable = key === 'encrypted' ? ' It takes the password from the variable KEY_PASSWORD.' : ''
  return {
    ok: true,
    uses: [
      {
        program: 'curl',
        text: text('curl'),
        hint: `Run it in the folder of the files.${asksPassword(key, 'curl')} On Windows, use Git Bash or WSL.`,
      },
      { program: 'Node', text: text('node'), hint: `Save it as client.mjs beside the files.${variable}` },
      {
        program: 'Python',
        text: text('python'),
        hint: `Save it as client.py beside the files.${asksPassword(key, 'Python')}`,
      },
      {
        program: 'Postman',
        text: text('postman'),
        hint: key === 'encrypted' ? 'Enter the password as the passphrase.' : 'Leave the passphrase empty.',
      },
    ],
  }
}

/** nginx as the client: it presents the certificate to the site behind it. It checks that site only when told to. */
function nginxUse(certificate: string, { names, key, site }: SavedFiles): FileUses {
  const keyName = names[1] ?? certificate
  if ([certificate, keyName].some((name) => name.includes('$')))
    return { ok: false, reason: 'nginx reads “$” in a file name as a variable. Save it under another name.' }
  const { hostname, port, connectTo } = site
  const lines = [
    `proxy_pass https://${hostHeader(connectTo === null ? site : { hostname: connectTo.address, port: connectTo.port })};`,
    `proxy_set_header Host ${hostHeader({ hostname, port })};`,
    'proxy_ssl_server_name on;',
    `proxy_ssl_name ${hostname};`,
    `proxy_ssl_certificate ${nginxText(certificate)};`,
    `proxy_ssl_certificate_key ${nginxText(keyName)};`,
    ...(key === 'encrypted' ? ['proxy_ssl_password_file client-key-password.txt;'] : []),
    'proxy_ssl_verify on;',
    'proxy_ssl_verify_depth 4;',
    'proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;',
  ]
  const password = key === 'encrypted' ? ' Put the password into client-key-password.txt there.' : ''
  return one(
    'nginx',
    `location / {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`,
    `Put the files into nginx’s configuration folder.${password} The last line names the system’s CAs (Debian, Ubuntu).`,
  )
}

/** In double quotes nginx knows the backslash and the quote (its configuration's lexer, ngx_conf_read_token). */
const nginxText = (name: string) => `"${name.replace(/["\\]/gu, (special) => `\\${special}`)}"`

function curlWithOneFile(name: string, { site }: SavedFiles): string {
  const lines = [`curl --verbose --cert ${posix(curlFile(name))}`]
  const { connectTo } = site
  if (connectTo !== null) lines.push(`--connect-to ${posix(`::${formatConnectTo(connectTo)}`)}`)
  return [...lines, posix(formatAddress(site))].join(' \\\n  ')
}
