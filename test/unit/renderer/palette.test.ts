import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { keyOf } from '../../../renderer/src/api'
import { usePaletteEntries } from '../../../renderer/src/app/palette-entries'
import { ImportContext } from '../../../renderer/src/import/import-context'
import { NavigationProvider } from '../../../renderer/src/navigation'
import { authority } from '../../support/fake-bridge/authority-examples'
import { host, issue, waitingIdentity } from '../../support/fake-bridge/examples'

type Groups = ReturnType<typeof usePaletteEntries>

/** What the palette offers for these words, on a computer with these things. */
function offered(query: string, found: { certificates?: unknown[]; sites?: unknown[]; issuers?: unknown[] } = {}) {
  const client = new QueryClient()
  const rows = (list: unknown[] = []) => ({ pages: [{ rows: list, total: list.length }], pageParams: [0] })
  client.setQueryData(['identities.list', 'rows', query], rows(found.certificates))
  client.setQueryData(['hosts.list', 'rows', query], rows(found.sites))
  client.setQueryData(keyOf('authorities.list', undefined), found.issuers ?? [])
  const actions = {
    choose: vi.fn(async () => undefined),
    chooseToLook: vi.fn(async () => undefined),
    receive: () => false,
    tryPassword: async () => undefined,
    leaveClosed: async () => undefined,
    pick: async () => undefined,
    pickAnother: () => undefined,
    look: () => undefined,
    stop: () => undefined,
    close: () => undefined,
    state: { step: { kind: 'idle' as const }, files: [], leftOut: [] },
  }
  let groups: Groups = []
  function Palette() {
    groups = usePaletteEntries(query)
    return null
  }
  const inside = createElement(NavigationProvider, null, createElement(Palette))
  const provided = createElement(ImportContext, { value: actions }, inside)
  renderToStaticMarkup(createElement(QueryClientProvider, { client }, provided))
  return { groups, actions }
}

const labels = (groups: Groups) => groups.flatMap(({ actions }) => actions.map(({ label }) => label))

describe('the palette', () => {
  it('offers every action and every screen before anything is typed', () => {
    expect(labels(offered('').groups)).toEqual([
      'New certificate',
      'Open a certificate file',
      'Inspect a file',
      'Create a root issuer',
      'Issue a certificate',
      'Lock keys now',
      'Go to Certificates',
      'Go to Sites',
      'Go to Issuers',
      'Go to Practice',
      'Go to Activity',
      'Go to Settings',
    ])
  })

  it('finds actions by any part of their words, in any case, with space around them', () => {
    expect(labels(offered(' ISSUE').groups)).toEqual(['Create a root issuer', 'Issue a certificate', 'Go to Issuers'])
    expect(labels(offered('xyzzy').groups)).toEqual([])
  })

  it('lists certificates, sites and issuers in groups of their own, eight of each at most', () => {
    const certificates = Array.from({ length: 9 }, (_, index) =>
      issue(waitingIdentity(`acme ${index}`), 'issued', 'ddd'),
    )
    const { groups } = offered('acme', {
      certificates: certificates.map(({ summary }) => summary),
      sites: [host('admin.acme.dev', { port: 8443 })],
      issuers: [authority('Acme Root CA').summary, authority('Other CA').summary],
    })
    expect(groups.map(({ group, actions }) => [group, actions.length])).toEqual([
      ['Actions', 0],
      ['Certificates', 8],
      ['Sites', 1],
      ['Issuers', 1],
    ])
    expect(groups[1]?.actions[0]).toMatchObject({ label: 'acme 0', description: 'Issued by Acme Client CA' })
    expect(groups[2]?.actions[0]?.label).toBe('https://admin.acme.dev:8443/')
    expect(groups[3]?.actions[0]?.label).toContain('Acme Root CA')
  })

  it('says of a request that it is not issued yet', () => {
    const { groups } = offered('ada', { certificates: [waitingIdentity('Ada').summary] })
    expect(groups[1]?.actions[0]).toMatchObject({ label: 'Ada', description: 'Not issued yet' })
  })

  it('does what it says', () => {
    const { groups, actions } = offered('file')
    for (const { onClick } of groups[0]?.actions ?? []) onClick()
    expect(actions.choose).toHaveBeenCalledOnce()
    expect(actions.chooseToLook).toHaveBeenCalledOnce()
  })
})
