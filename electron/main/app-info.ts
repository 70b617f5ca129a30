import { app } from 'electron'
import { readFullName } from '#electron/platform/full-name'
import { AppInfo } from '#shared/model/app'
import { browserModeProblem } from './browser-mode'
import { isTrialRuntime } from './compat'

export async function readAppInfo(): Promise<AppInfo> {
  return AppInfo.parse({
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    platform: process.platform,
    trialRuntime: isTrialRuntime(),
    browserModeProblem: browserModeProblem(),
    fullName: await readFullName(),
  })
}
