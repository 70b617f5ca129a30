import { BrowserWindow, type MenuItemConstructorOptions } from 'electron'

/** 200 % of the smallest size that screens are laid out for is what a screen of 900×600 shows; beyond that they no longer fit. */
const FACTORS = [0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]

/**
 * Larger and smaller, within what every screen is laid out for. Electron's own roles go on to 500 %. Chromium keeps the factor
 * with the page's origin in its profile, so the next start has it too.
 */
export function zoomItems(): MenuItemConstructorOptions[] {
  return [
    { id: 'zoom-in', label: 'Zoom in', accelerator: 'CmdOrCtrl+Plus', click: () => zoom(larger) },
    // The same key without Shift, as in browsers.
    { label: 'Zoom in', accelerator: 'CmdOrCtrl+=', click: () => zoom(larger), visible: false },
    { id: 'zoom-out', label: 'Zoom out', accelerator: 'CmdOrCtrl+-', click: () => zoom(smaller) },
    { id: 'zoom-reset', label: 'Actual size', accelerator: 'CmdOrCtrl+0', click: () => zoom(() => 1) },
  ]
}

function zoom(next: (factor: number) => number): void {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents
  contents?.setZoomFactor(next(contents.getZoomFactor()))
}

/** What was set is read back with an error of rounding: a factor is a power of 1.2. */
const margin = 0.01
const larger = (factor: number): number => FACTORS.find((one) => one > factor + margin) ?? 2
const smaller = (factor: number): number => FACTORS.filter((one) => one < factor - margin).at(-1) ?? 0.5
