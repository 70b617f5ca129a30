import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type Activity, ActivityKind } from '#shared/model/activity'
import { AuthorityId, HostId, IdentityId } from '#shared/model/ids'
import { NavigationProvider } from '../../../renderer/src/navigation'
import { useOpenThing } from '../../../renderer/src/screens/activity/use-open-thing'

/** Whether this line leads anywhere. */
function leads(line: Partial<Activity>): boolean {
  const entry: Activity = {
    id: 1,
    at: '2026-02-01T00:00:00.000Z',
    kind: 'installed',
    about: 'Ada',
    sentence: '',
    thing: null,
    isGone: false,
    ...line,
  }
  let open: (() => void) | null = null
  function Line() {
    open = useOpenThing(entry)
    return null
  }
  renderToStaticMarkup(createElement(NavigationProvider, null, createElement(Line)))
  return open !== null
}

describe('a line of the activity', () => {
  it('leads to its thing, or to its screen where it has none', () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const [identity, host, issuer] = [IdentityId.parse(id), HostId.parse(id), AuthorityId.parse(id)]
    for (const thing of [{ identity }, { host }, { issuer }]) expect(leads({ thing })).toBe(true)
    expect(ActivityKind.options.filter((kind) => !leads({ kind }))).toEqual(['identity-deleted', 'issuer-deleted'])
  })

  it('leads nowhere once its thing is gone', () => {
    expect(ActivityKind.options.filter((kind) => leads({ kind, isGone: true }))).toEqual([])
  })
})
