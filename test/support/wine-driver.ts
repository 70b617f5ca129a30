import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { readMachineAccount } from '#electron/platform/machine-account'
import { readPolicy } from '#electron/platform/policy/read'
import { createWindowsStore } from '#electron/stores/win32'
import { windowsApi } from '#electron/stores/win32-api'
import { createWindowsCertificates } from '#electron/stores/win32-certificates'
import { isAppError } from '#shared/errors'
import { Trust } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import { noting } from './noting'
import { importPkcs12, recognise } from './wine-formats'

/**
 * Runs under Wine in a Windows Node: carries out the calls that arrive on a loopback socket, one JSON line each, on the
 * real Windows store and its crypt32. (Standard output is a broken pipe there.)
 */
const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const options = z.object({ label: z.string(), certificate: bytes, chain: z.array(bytes) })
const Call = z.discriminatedUnion('method', [
  z.object({ method: z.literal('describe') }),
  z.object({ method: z.literal('list') }),
  z.object({ method: z.literal('find'), sha256: z.string() }),
  z.object({ method: z.literal('install'), p12: bytes, password: z.string(), options }),
  z.object({ method: z.literal('setTrust'), options, trust: Trust }),
  z.object({ method: z.literal('keysOf'), certificates: z.array(bytes) }),
  z.object({ method: z.literal('removeCertificate'), certificate: bytes }),
  z.object({ method: z.literal('removeKey'), certificate: bytes }),
  z.object({ method: z.literal('undo'), undo: Undo }),
  z.object({ method: z.literal('empty') }),
  z.object({ method: z.literal('open-pkcs12'), bytes, password: z.string() }),
  z.object({ method: z.literal('recognise'), bytes }),
  z.object({ method: z.literal('machine-account') }),
  z.object({ method: z.literal('policy') }),
])

const store = createWindowsStore()

function answer(call: z.infer<typeof Call>): Promise<unknown> {
  switch (call.method) {
    case 'describe':
      return store.describe()
    case 'list':
      return store.list()
    case 'find':
      return store.find(call.sha256)
    case 'install':
      return noting(store, (note) => store.install(call.p12, call.password, call.options, note))
    case 'setTrust':
      return noting(store, (note) => store.setTrust(call.options, call.trust, note))
    case 'keysOf':
      return store.keysOf(call.certificates)
    case 'removeCertificate':
      return store.removeCertificate(call.certificate)
    case 'removeKey':
      return store.removeKey(call.certificate)
    case 'undo':
      return store.undo(call.undo)
    case 'empty':
      return empty()
    case 'open-pkcs12':
      return importPkcs12(call.bytes, call.password)
    case 'recognise':
      return recognise(call.bytes)
    case 'machine-account':
      return readMachineAccount()
    case 'policy':
      return readPolicy()
  }
}

async function empty(): Promise<void> {
  const windows = createWindowsCertificates(await windowsApi())
  for (const one of windows.list('MY')) windows.delete('MY', one.sha256, true)
  for (const name of ['CA', 'Root'] as const) {
    for (const one of windows.list(name))
      if (one.commonName.startsWith('Store Test')) windows.delete(name, one.sha256, false)
  }
}

const socket = connect(Number(process.argv[2]), '127.0.0.1')
createInterface({ input: socket }).on('line', async (line) => {
  try {
    const value = await answer(Call.parse(JSON.parse(line)))
    socket.write(`${JSON.stringify({ ok: true, value: value ?? null })}\n`)
  } catch (error) {
    const code = isAppError(error) ? error.code : null
    socket.write(`${JSON.stringify({ ok: false, code, detail: isAppError(error) ? error.detail : String(error) })}\n`)
  }
})
socket.on('close', () => process.exit(0))
