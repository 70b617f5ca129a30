import { app, BrowserWindow } from 'electron'
import type { ActionId, WindowAct } from '#shared/model/window-command'

/** 200 % of the smallest size that screens are laid out for is what a screen of 900×600 shows; beyond that they no longer fit. */
const FACTORS = [0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]

/** What was set is read back with an error of rounding: a factor is a power of 1.2. */
const margin = 0.01
const larger = (factor: number): number => FACTORS.find((one) => one > factor + margin) ?? 2
const smaller = (factor: number): number => FACTORS.filter((one) => one < factor - margin).at(-1) ?? 0.5

/** Within what every screen is laid out for. Chromium keeps the factor with the page's origin in its profile, so the next start has it too. */
function zoom({ webContents }: BrowserWindow, next: (factor: number) => number): void {
  webContents.setZoomFactor(next(webContents.getZoomFactor()))
}

const acts: Readonly<Record<WindowAct, (window: BrowserWindow) => void>> = {
  'zoom-in': (window) => zoom(window, larger),
  'zoom-out': (window) => zoom(window, smaller),
  'zoom-reset': (window) => zoom(window, () => 1),
  'full-screen': (window) => window.setFullScreen(!window.isFullScreen()),
  quit: () => app.quit(),
}

export const isWindowAct = (action: ActionId): action is WindowAct => Object.hasOwn(acts, action)

/** Does it where the page in the window has failed, too. */
export function actOnWindow(act: WindowAct): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window !== undefined) acts[act](window)
}
