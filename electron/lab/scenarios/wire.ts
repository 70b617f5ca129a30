import type { Socket } from 'node:net'
import type { LabScenario } from '#shared/model/lab-scenario'
import { alertRecord } from '../alerts'
import type { Scenario } from './scenario'

/** Waits for the client to speak, as such servers do, and then hangs up. */
const answering =
  (bytes: Uint8Array | string) =>
  (socket: Socket): void => {
    socket.once('data', () => socket.end(bytes))
  }

/** The server speaks first, without being asked. */
const greeting =
  (bytes: string) =>
  (socket: Socket): void => {
    socket.end(bytes)
  }

/** Alerts in answer to the ClientHello, by their numbers (RFC 8446 §6). */
export const wire = {
  'plain-http-on-port': {
    bare: answering('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  },
  'other-protocol-on-port': { bare: greeting('SSH-2.0-OpenSSH_9.6\r\n') },
  'tls-version-too-old': { bare: answering(alertRecord(70)) },
  'handshake-refused': { bare: answering(alertRecord(40)) },
  'no-common-cipher': { bare: answering(alertRecord(71)) },
  'name-refused': { bare: answering(alertRecord(112)) },
  'no-common-protocol': { bare: answering(alertRecord(120)) },
  'too-slow': { bare: () => undefined },
  'connection-cut': { bare: answering('') },
  'tls-failed': { bare: answering(alertRecord(80)) },
} as const satisfies Partial<Record<LabScenario, Scenario>>
