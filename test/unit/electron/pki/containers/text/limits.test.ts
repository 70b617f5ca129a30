import { expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { MAX_DECODED, MAX_LAYERS, newBudget, unwrapText } from '#electron/pki/containers/text/unwrap'

const pem = encodePem('CERTIFICATE', Buffer.from('any bytes that are long enough for a block'))
const wrapped = (layers: number) =>
  Array.from({ length: layers }).reduce<string>((text) => Buffer.from(text).toString('base64'), pem)

it('as many layers are taken off as are allowed, and no more', () => {
  const blocks = (layers: number) => unwrapText(wrapped(layers), { budget: newBudget() }).blocks
  expect(blocks(MAX_LAYERS)).toHaveLength(1)
  expect(blocks(MAX_LAYERS + 1)).toEqual([])
})

it('more than is ever needed is not decoded', async () => {
  const half = JSON.stringify({ text: 'x'.repeat(MAX_DECODED / 2) })
  const bytes = Buffer.from(JSON.stringify({ half }))
  await expect(openFile({ name: 'large', bytes, password: null })).rejects.toMatchObject({
    code: 'too-large',
    detail: 'Its contents are larger than 16 MiB when decoded.',
  })
})
