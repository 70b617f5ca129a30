import type { HomeState } from '../model/home'
import { countOf } from './formatting'

export interface HomeWarning {
  title: string
  explanation: string
  /** Latchkey can put it right when it is asked to. */
  canRepair: boolean
}

/** What is wrong with the folder, the gravest first; null where nothing was seen. */
export function homeWarning({ openness, keepsModes }: HomeState): HomeWarning | null {
  if (!keepsModes)
    return {
      title: 'Latchkey’s folder cannot be closed to others.',
      explanation:
        'Its file system has no permissions. Your keys stay sealed, but interrupted changes are not recovered. Set LATCHKEY_HOME to a folder on another disk.',
      canRepair: false,
    }
  switch (openness) {
    case 'closed':
      return null
    case 'open':
      return {
        title: 'Other accounts can write to Latchkey’s folder.',
        explanation: 'Your keys stay sealed, but others can replace the list of certificates.',
        canRepair: true,
      }
    case 'shared':
      return {
        title: 'Latchkey’s folder is shared by all accounts.',
        explanation:
          'Your keys stay sealed, but others can put files beside them. Set LATCHKEY_HOME to a folder of its own.',
        canRepair: false,
      }
  }
}

export const closedSentence = (count: number): string =>
  `Other accounts could access ${countOf(count, 'file or folder', 'files or folders')} of Latchkey. ${count === 1 ? 'It was' : 'They were'} closed.`

export const repairedSentence = 'The folder was closed to other accounts.'
export const withoutPermissions = 'The folder is on a file system without permissions.'
