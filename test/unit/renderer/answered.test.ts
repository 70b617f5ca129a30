import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { messages } from '#shared/messages'
import { CallError } from '../../../renderer/src/api'
import { Answered } from '../../../renderer/src/components/Answered'

const refused = new CallError({ code: 'not-found', message: messages['not-found'].title, detail: null })

function draw(query: { data: string[] | undefined; error: unknown }, more: { keepsData?: boolean } = {}): string {
  const props: Parameters<typeof Answered<string[]>>[0] = {
    query,
    isEmpty: (names) => names.length === 0,
    empty: 'No results',
    children: (names) => names.join(', '),
    ...more,
  }
  return renderToStaticMarkup(createElement(MantineProvider, null, createElement(Answered<string[]>, props)))
}

it('shows that an answer is on its way', () => {
  expect(draw({ data: undefined, error: null })).toContain('aria-label="Loading"')
})

it('shows the answer, or that there is nothing in it', () => {
  expect(draw({ data: ['Ada', 'Bob'], error: null })).toContain('Ada, Bob')
  expect(draw({ data: [], error: null })).toContain('No results')
})

it('shows an error in the place of what is out of date', () => {
  const html = draw({ data: ['Ada'], error: refused })
  expect(html).toContain('role="alert"')
  expect(html).not.toContain('Ada')
})

it('shows an error above a list that keeps its rows', () => {
  const html = draw({ data: ['Ada'], error: refused }, { keepsData: true })
  expect(html.indexOf('role="alert"')).toBeLessThan(html.indexOf('Ada'))
  expect(draw({ data: undefined, error: refused }, { keepsData: true })).not.toContain('Loading')
})
