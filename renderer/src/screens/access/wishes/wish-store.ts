import { createStore } from '../../../store'

/** A change that a person can wish from the menu of the screen. */
export type Wish =
  | 'add-ca'
  | 'hostnames'
  | 'certificate'
  | 'forwarding'
  | 'block'
  | 'file'
  | 'protect'
  | 'alert'
  | 'roll-over'

interface OpenWish {
  wish: Wish
  /** The issuer of ours that was chosen elsewhere. */
  issuer: string | null
  /** The CA in Access that was chosen elsewhere. */
  ca?: string
}

/** Which of them is open; other screens open one before they lead here. */
export const openWish = createStore<OpenWish | null>(null)
