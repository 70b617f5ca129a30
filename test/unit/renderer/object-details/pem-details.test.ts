import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { InspectedFile } from '#shared/model/details'
import { PemDetails } from '../../../../renderer/src/components/object-details/PemDetails'

const field = { id: 'extension.1.2.3', label: '1.2.3', value: 'twice', raw: '0500', oid: '1.2.3', critical: false }
const object = {
  kind: 'certificate',
  title: 'Ada',
  groups: [{ title: 'Extensions', fields: [field, field] }],
  fingerprints: { sha256: 'a'.repeat(64), sha1: 'b'.repeat(40), md5: 'c'.repeat(32) },
  oddities: [],
  pem: null,
}

function draw(found: object): string {
  const file = { name: 'PEM', format: 'PEM', objects: [], pairs: [], failures: [], ...found }
  const client = new QueryClient()
  client.setQueryData(['objects', 'pem'], InspectedFile.parse(file))
  const app = createElement(MantineProvider, null, createElement(PemDetails, { pem: 'pem' }))
  return renderToStaticMarkup(createElement(QueryClientProvider, { client }, app))
}

it('says what could not be read, where and why', () => {
  const html = draw({ failures: [{ where: 'Block 1', code: 'malformed', detail: 'tbsCertificate.validity' }] })
  expect(html).toContain('Block 1: This file is damaged.')
  expect(html).toContain('tbsCertificate.validity')
})

it('says each of two identical things', () => {
  expect(draw({ objects: [object] }).split('>twice<')).toHaveLength(3)
})
