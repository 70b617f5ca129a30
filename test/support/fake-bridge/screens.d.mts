import type { Page } from '@playwright/test'

export interface PretendedScreen {
  name: string
  scene: string
  /** The way from the start of its scene. */
  steps?(page: Page): Promise<unknown>
}

export declare const screens: PretendedScreen[]
