// A double of macOS' `security` command: keeps a keychain in an object, parses strictly, answers with the documented
// messages and exit codes. Anything Latchkey must not do ends with 99. In this process, since a thousand more of them cost
// the tests a minute and show nothing.
import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { commandsOf } from './interactive.mjs'
import { openPkcs12 } from './pkcs12.mjs'

/** Of the command that is being performed: nothing here waits, so there is only ever one. */
let state
let printed

const forbidden = 99
const usage = 2
const exitOf = { notFound: 44, duplicate: 45, noInteraction: 36, noKeychain: 50 }

const commands = {
  import: importFile,
  'find-certificate': findCertificate,
  'find-identity': findIdentity,
  'find-key': findKey,
  'add-certificates': addCertificates,
  'add-trusted-cert': addTrusted,
  'remove-trusted-cert': removeTrusted,
  'trust-settings-export': exportTrust,
  'delete-certificate': (args) => deleteCertificate(args, false),
  'delete-identity': (args) => deleteCertificate(args, true),
}

/** `given`: the arguments; `input`: what stands on its standard input. Changes `keychain`. */
export function security(keychain, given, input) {
  state = keychain
  printed = { stdout: '', stderr: '' }
  const exitCode = main(given, input)
  return { exitCode, ...printed }
}

function main(given, input) {
  if (given.join(' ') !== '-q -i') {
    if (given.includes('-P')) return complain(forbidden, 'a password in the arguments')
    return perform(given)
  }
  let code = 0
  for (const words of commandsOf(input)) code = perform(words)
  return code
}

function perform([name, ...args]) {
  if (args.some((word) => ['-A', '-v', '-d'].includes(word))) return complain(forbidden, `forbidden option for ${name}`)
  const command = commands[name]
  return command === undefined ? complain(usage, `security: unknown command "${name}"`) : command(args)
}

function importFile(args) {
  const { options, rest } = parse(args, { '-k': 1, '-f': 1, '-P': 1, '-T': 1 })
  if (rest.length !== 1 || options['-f'] !== 'pkcs12' || options['-P'] === undefined) return usage
  if (options['-k'] !== state.keychain) return keychainMissing()
  if (state.locked) return complain(1, 'security: SecKeychainItemImport: User interaction is not allowed.')
  if (state.cancelImport) return complain(1, 'security: SecKeychainItemImport: User canceled the operation.')
  const opened = openPkcs12(rest[0], options['-P'])
  if (opened.error !== undefined) return complain(1, opened.error)
  for (const pem of opened.certificates) add(pem)
  if (!state.keys.includes(opened.publicKey)) state.keys.push(opened.publicKey)
  // Nothing is printed, as on macOS 15 and later.
  return 0
}

function findCertificate(args) {
  const { options, rest } = parse(args, { '-a': 0, '-p': 0, '-Z': 0 })
  if (options['-a'] === undefined) return usage
  if (rest[0] !== state.keychain) return keychainMissing()
  if (state.locked)
    return complain(exitOf.noInteraction, 'security: SecKeychainSearchCopyNext: User interaction is not allowed.')
  for (const { pem, sha1, sha256 } of state.certificates) {
    if (options['-Z'] !== undefined) print(`SHA-256 hash: ${sha256}\nSHA-1 hash: ${sha1}`)
    if (options['-p'] !== undefined) print(pem)
  }
  return 0
}

function findIdentity(args) {
  const { options, rest } = parse(args, { '-p': 1 })
  if (options['-p'] !== 'ssl-client') return usage
  if (rest[0] !== state.keychain) return keychainMissing()
  const lines = state.certificates.filter(hasKey).map(({ sha1, label }, index) => `  ${index + 1}) ${sha1} "${label}"`)
  const list = [...lines, `     ${lines.length} identities found`, '']
  print(['Policy: SSL (client)', '  Matching identities', ...list, '  Valid identities only', ...list].join('\n'))
  return 0
}

/**
 * SecurityTool keychain_find.c, keychain_find_key: the attributes of every key (keychain_utilities.c), the label among them
 * (kSecKeyLabel, 6): SHA-1 of the public key. `hidesKeys` stands for a system that prints something else.
 */
function findKey(args) {
  const { options, rest } = parse(args, { '-t': 1 })
  if (options['-t'] !== 'private') return usage
  if (rest[0] !== state.keychain) return keychainMissing()
  if (state.keys.length === 0 || state.hidesKeys)
    return complain(1, 'security: SecItemCopyMatching: The specified item could not be found in the keychain.')
  for (const key of state.keys) {
    const label = labelOf(key)
    const printable = [...label].map((byte) => (byte > 0x20 && byte < 0x7f && byte !== 0x22 ? byte : 0x2e))
    print(
      [
        `keychain: "${state.keychain}"`,
        'version: 512',
        'class: 0x00000010 ',
        'attributes:',
        '    0x00000000 <uint32>=0x00000010 ',
        '    0x00000001 <blob>="Imported Private Key"',
        '    0x00000002 <blob>=<NULL>',
        `    0x00000006 <blob>=0x${label.toString('hex').toUpperCase()}  "${String.fromCharCode(...printable)}"`,
        '    0x00000007 <blob>=<NULL>',
      ].join('\n'),
    )
  }
  return 0
}

/** The content of subjectPublicKey stands last in the SubjectPublicKeyInfo: for RSA the PKCS#1 key, for EC the point. */
function labelOf(publicKey) {
  const key = createPublicKey(publicKey)
  const content =
    key.asymmetricKeyType === 'rsa'
      ? key.export({ type: 'pkcs1', format: 'der' })
      : Buffer.concat([Buffer.from([4]), ...['x', 'y'].map((name) => fromJwk(key, name))])
  return createHash('sha1').update(content).digest()
}

function fromJwk(key, name) {
  return Buffer.from(key.export({ format: 'jwk' })[name], 'base64url')
}

function addCertificates(args) {
  const { options, rest } = parse(args, { '-k': 1 })
  if (rest.length !== 1) return usage
  if (options['-k'] !== state.keychain) return keychainMissing()
  if (add(readFileSync(rest[0], 'utf8').trim())) return 0
  const file = rest[0]
  return complain(
    exitOf.duplicate,
    `security: SecCertificateAddToKeychain ${file}: The specified item already exists in the keychain.`,
  )
}

function addTrusted(args) {
  const { options, rest } = parse(args, { '-r': 1, '-p': 1, '-k': 1 })
  if (rest.length !== 1) return usage
  if (options['-p'] !== 'ssl') return complain(forbidden, 'trust for more than TLS')
  if (options['-k'] !== state.keychain) return keychainMissing()
  const pem = readFileSync(rest[0], 'utf8').trim()
  const x509 = new X509Certificate(pem)
  const selfSigned = x509.checkIssued(x509)
  if (options['-r'] !== (selfSigned ? 'trustRoot' : 'trustAsRoot')) {
    return complain(1, 'SecTrustSettingsSetTrustSettings: One or more parameters passed to a function were not valid.')
  }
  if (state.cancelTrust)
    return complain(1, 'SecTrustSettingsSetTrustSettings: The authorization was canceled by the user.')
  if (state.noScreen) {
    return complain(
      1,
      'SecTrustSettingsSetTrustSettings: The authorization was denied since no user interaction was possible.',
    )
  }
  add(pem)
  state.trust[sha1Of(x509)] = selfSigned ? 1 : 2
  return 0
}

function removeTrusted(args) {
  const { rest } = parse(args, {})
  if (rest.length !== 1) return usage
  const sha1 = sha1Of(new X509Certificate(readFileSync(rest[0])))
  if (state.trust[sha1] === undefined) {
    return complain(1, 'SecTrustSettingsRemoveTrustSettings: No Trust Settings were found.')
  }
  delete state.trust[sha1]
  return 0
}

function exportTrust(args) {
  const { rest } = parse(args, {})
  if (rest.length !== 1) return usage
  const entries = Object.entries(state.trust)
  if (entries.length === 0)
    return complain(1, 'SecTrustSettingsCreateExternalRepresentation: No Trust Settings were found.')
  const dictionaries = entries.map(([sha1, result]) =>
    [
      `<key>${sha1}</key>`,
      '<dict>',
      '<key>issuerName</key>',
      '<data>MA==</data>',
      '<key>trustSettings</key>',
      '<array><dict>',
    ]
      .concat(['<key>kSecTrustSettingsResult</key>', `<integer>${result}</integer>`, '</dict></array>', '</dict>'])
      .join('\n'),
  )
  const body = `<dict>\n<key>trustList</key>\n<dict>\n${dictionaries.join('\n')}\n</dict>\n</dict>`
  writeFileSync(rest[0], `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n${body}\n</plist>\n`)
  return 0
}

/**
 * SecurityTool keychain_delete.c: trust first (a refusal there ends it), then with `delete-identity` the private key, whatever
 * other certificates use it (no key: nothing to complain about), then the certificate. `keepsKeys` stands for a key that
 * does not go although the command succeeds.
 */
function deleteCertificate(args, alsoKey) {
  const { options, rest } = parse(args, { '-Z': 1, '-t': 0 })
  if (rest[0] !== state.keychain) return keychainMissing()
  const found = state.certificates.find((one) => one.sha1 === options['-Z'])
  if (found === undefined) return complain(1, `Unable to delete certificate matching "${options['-Z']}"`)
  if (options['-t'] !== undefined && state.trust[found.sha1] !== undefined) {
    if (state.cancelTrust)
      return complain(1, 'SecTrustSettingsRemoveTrustSettings (user): The authorization was canceled by the user.')
    delete state.trust[found.sha1]
  }
  if (alsoKey && !state.keepsKeys) state.keys = state.keys.filter((key) => key !== found.publicKey)
  state.certificates = state.certificates.filter((one) => one !== found)
  return 0
}

/** `options`: name → number of values. An option that is not named here is a mistake of the caller. */
function parse(args, known) {
  const options = {}
  const rest = []
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index]
    if (!word.startsWith('-')) rest.push(word)
    else if (known[word] === undefined) throw new Error(`unknown option ${word}`)
    else if (known[word] === 0) options[word] = true
    else options[word] = args[++index]
  }
  return { options, rest }
}

function add(pem) {
  const x509 = new X509Certificate(pem)
  const sha1 = sha1Of(x509)
  if (state.certificates.some((one) => one.sha1 === sha1)) return false
  const publicKey = x509.publicKey.export({ type: 'spki', format: 'pem' })
  const sha256 = createHash('sha256').update(x509.raw).digest('hex').toUpperCase()
  const label = x509.subject.replace(/^[\s\S]*CN=/u, '')
  state.certificates.push({ pem, sha1, sha256, label, publicKey })
  return true
}

function hasKey({ publicKey }) {
  return state.keys.includes(publicKey)
}

function sha1Of(x509) {
  return createHash('sha1').update(x509.raw).digest('hex').toUpperCase()
}

function keychainMissing() {
  return complain(exitOf.noKeychain, 'security: SecKeychainOpen: The specified keychain could not be found.')
}

function print(text) {
  printed.stdout += `${text}\n`
}

function complain(code, message) {
  printed.stderr += `${message}\n`
  return code
}
