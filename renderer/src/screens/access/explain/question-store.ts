import type { Call } from '#shared/ipc/contract'
import { createStore } from '../../../store'

export type VisitorChoice = Call<'cloudflare.explain'>['visitor']

interface Question {
  address: string
  visitor: VisitorChoice
  /** Asked already: the answer is shown. */
  isAsked: boolean
}

/** What was last asked, so that going away and back loses nothing. */
export const question = createStore<Question>({ address: '', visitor: { kind: 'nobody' }, isAsked: false })

/** The address alone: whose certificate it is about stays as it was. */
export const askAbout = (address: string): void => question.set({ ...question.get(), address, isAsked: true })
