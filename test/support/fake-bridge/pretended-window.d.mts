import type { Page } from '@playwright/test'
import type { PretendedScreen } from './screens.mjs'

export interface PretendedWindow {
  page: Page
  look(
    media: {
      colorScheme?: 'light' | 'dark'
      forcedColors?: 'active' | 'none'
      reducedMotion?: 'reduce' | 'no-preference'
    },
    size: readonly [width: number, height: number],
  ): Promise<void>
  show(screen: PretendedScreen): Promise<void>
  settled(frames: number): Promise<void>
  close(): Promise<void>
}

/** @param command The executable and its arguments. */
export declare function openPretendedWindow(command: readonly string[]): Promise<PretendedWindow>
