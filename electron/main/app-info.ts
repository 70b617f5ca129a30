import { app } from 'electron'
import { readFullName } from '#electron/platform/full-name'
import type { HomePaths } from '#electron/platform/home'
import { shownPath } from '#electron/platform/home-trouble'
import { AppInfo } from '#shared/model/app'
import type { Runtime } from '#shared/model/diagnostics'
import { browserModeProblem } from './browser-mode'
import { isTrialRuntime } from './compat'
import { hasLicences } from './licences'
import { hasCommandTool } from './package-files'

/** What runs this window, for a report. */
export const readRuntime = (): Runtime => ({
  electron: process.versions.electron ?? null,
  chromium: process.versions.chrome ?? null,
  node: process.versions.node,
  isTrial: isTrialRuntime(),
})

export async function readAppInfo({ home }: HomePaths): Promise<AppInfo> {
  return AppInfo.parse({
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    platform: process.platform,
    trialRuntime: isTrialRuntime(),
    hasLicences: hasLicences(),
    hasCommandTool: hasCommandTool(app),
    dataFolder: shownPath(home),
    browserModeProblem: browserModeProblem(),
    fullName: await readFullName(),
  })
}
