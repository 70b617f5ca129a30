import { createElement, isValidElement, type ReactNode } from 'react'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { messages } from '#shared/messages'
import { CallError } from '../../../renderer/src/api'
import type { ErrorBoundary as Boundary } from '../../../renderer/src/components/ErrorBoundary'

const recorded = vi.fn(async (_trace: unknown) => ({ ok: true, value: true }))
vi.stubGlobal('window', { addEventListener: () => undefined, latchkey: { 'app.bug': recorded } })
let ErrorBoundary: typeof Boundary
beforeAll(async () => {
  ;({ ErrorBoundary } = await import('../../../renderer/src/components/ErrorBoundary'))
})
beforeEach(() => recorded.mockClear())
afterAll(() => vi.unstubAllGlobals())

const screen = createElement('p', null, 'The screen')

/** As React does when a component below it throws. */
function caught(error: unknown) {
  const boundary = new ErrorBoundary({ children: screen })
  boundary.setState = (state) => Object.assign(boundary.state, state)
  boundary.state = ErrorBoundary.getDerivedStateFromError(error)
  boundary.componentDidCatch(error)
  return boundary
}

/** The properties of the element that shows the error. */
function noticeOf(shown: ReactNode): { error: unknown; onRetry(): void } {
  const box = isValidElement<{ children: ReactNode }>(shown) ? shown.props.children : null
  if (!isValidElement<{ error: unknown; onRetry(): void }>(box)) throw new Error('No error is shown.')
  return box.props
}

it('shows what is in it while nothing is wrong', () => {
  expect(new ErrorBoundary({ children: screen }).render()).toBe(screen)
})

it('shows the error in its place, and the screen again when it is tried again', () => {
  const bug = new Error('of undefined')
  const boundary = caught(bug)
  const { error, onRetry } = noticeOf(boundary.render())
  expect(error).toBe(bug)
  onRetry()
  expect(boundary.render()).toBe(screen)
})

it('records a mistake of our own', () => {
  caught(new Error('of undefined'))
  expect(recorded).toHaveBeenCalledOnce()
  expect(JSON.stringify(recorded.mock.calls[0]?.[0])).toContain('Error')
})

it('records no error that the main process has recorded itself', () => {
  caught(new CallError({ code: 'not-found', message: messages['not-found'].title, detail: null }))
  expect(recorded).not.toHaveBeenCalled()
})
