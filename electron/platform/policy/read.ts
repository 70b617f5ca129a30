import { userInfo } from 'node:os'
import { silentLog } from '../log'
import { parseJson } from '../parse-json'
import { type ReadRegistryText, readRegistryText } from '../registry'
import { createRun, type Run } from '../run'
import { type AdministratorFile, readAdministratorFile } from './administrator-file'
import { acceptPolicy, type FoundPolicy, MAX_POLICY_BYTES, parsePolicy, unusable } from './policy'

export interface PolicySource {
  platform: NodeJS.Platform
  readFile(path: string): Promise<AdministratorFile>
  run: Run
  registry: ReadRegistryText
  username(): string
}

const none: FoundPolicy = { kind: 'none' }

/**
 * The policy of this computer's administrator, from the one place where its system keeps such settings. No variable of the
 * environment and no switch names another place: whoever is to be bound by a policy could use it.
 */
export async function readPolicy(source: PolicySource = systemSource()): Promise<FoundPolicy> {
  switch (source.platform) {
    case 'darwin':
      return managedPreferences(source)
    case 'win32':
      return registryPolicy(source)
    default:
      return policyFile(source)
  }
}

const POLICY_FILE = '/etc/latchkey/policy.json'

async function policyFile({ readFile }: PolicySource): Promise<FoundPolicy> {
  const file = await readFile(POLICY_FILE)
  switch (file.kind) {
    case 'absent':
      return none
    case 'refused':
      return unusable(POLICY_FILE, file.why)
    case 'read':
      return parsePolicy(POLICY_FILE, file.bytes.toString('utf8'))
  }
}

const MANAGED_FOLDER = '/Library/Managed Preferences'
/** The bundle's identifier, as in electron-builder.yml: the domain of its preferences. */
const DOMAIN = 'app.latchkey.desktop'

/**
 * Where macOS writes what a configuration profile forces, for the computer and for an account. Neither can be written by that
 * account. The computer's comes first, as HKEY_LOCAL_MACHINE does on Windows.
 */
async function managedPreferences(source: PolicySource): Promise<FoundPolicy> {
  for (const folder of [MANAGED_FOLDER, `${MANAGED_FOLDER}/${source.username()}`]) {
    const found = await managedFile(source, `${folder}/${DOMAIN}.plist`)
    if (found.kind !== 'none') return found
  }
  return none
}

async function managedFile({ readFile, run }: PolicySource, path: string): Promise<FoundPolicy> {
  const file = await readFile(path)
  if (file.kind === 'absent') return none
  if (file.kind === 'refused') return unusable(path, file.why)
  // plutil(1): it may be a binary property list. It gets what was looked at, not the name.
  const converted = await run('/usr/bin/plutil', ['-convert', 'json', '-o', '-', '-'], { stdin: file.bytes }).catch(
    () => null, // It is missing, or does not end.
  )
  if (converted === null) return unusable(path, 'macOS does not convert it.')
  const json = parseJson(converted.stdout)
  if (converted.exitCode !== 0 || json === undefined)
    return unusable(path, 'It is not a property list of texts, numbers and lists.')
  return acceptPolicy(path, withoutPayloadKeys(json))
}

/** Every payload of a profile has these beside its own (Apple, “Profile-Specific Payload Keys”: PayloadUUID and others). */
const withoutPayloadKeys = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json).filter(([key]) => !key.startsWith('Payload')))
    : json

const REGISTRY_PATH = 'Software\\Policies\\Latchkey'
const REGISTRY_VALUE = 'Policy'

/** JSON in one value, since lists of sites and issuers are no values of their own there. An account cannot write either place. */
async function registryPolicy({ registry }: PolicySource): Promise<FoundPolicy> {
  for (const [root, name] of [
    ['machine', 'HKLM'],
    ['user', 'HKCU'],
  ] as const) {
    const from = `${name}\\${REGISTRY_PATH}, ${REGISTRY_VALUE}`
    const found = await registry(root, REGISTRY_PATH, REGISTRY_VALUE, 2 * MAX_POLICY_BYTES)
    switch (found.kind) {
      case 'absent':
        // Whoever wrote something else there meant a policy; Windows' tools leave empty keys behind.
        if (found.others) return unusable(from, `The key has no value “${REGISTRY_VALUE}”, but others.`)
        continue
      case 'read':
        return parsePolicy(from, found.text)
      case 'too-large':
        return unusable(from, 'It is too large.')
      case 'unavailable':
        return unusable(from, 'The module that reads the registry is missing. Install Latchkey again.')
      case 'failed':
        return unusable(from, `Windows does not give it as text (error ${found.error}).`)
    }
  }
  return none
}

function systemSource(): PolicySource {
  return {
    platform: process.platform,
    readFile: readAdministratorFile,
    run: createRun(silentLog),
    registry: readRegistryText,
    username: () => userInfo().username,
  }
}
