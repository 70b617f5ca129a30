import { expect, it } from 'vitest'
import { messageFor } from '#electron/services/identities/message'
import { KeyCode } from '#shared/model/key'

it('does not say the key code in the message that carries the request: anyone who can replace one can replace both', () => {
  const keyCode = KeyCode.parse('K7QD-2M5A-XWPL-3ROB')
  const message = messageFor('Ada', keyCode, '-----BEGIN CERTIFICATE REQUEST-----\n')
  expect(`${message.subject}\n${message.body}`).not.toContain(keyCode)
  expect(message.body).toContain('key code separately')
  expect(message.keyCode).toBe(keyCode)
})
