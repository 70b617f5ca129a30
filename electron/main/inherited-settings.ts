import type { App } from 'electron'
import { forgetVariables, variableNames } from '#electron/platform/environment'
import { ownSwitches } from './own-switches'
import { isPackage } from './package-files'

/**
 * What a start inherits from its surroundings, and how much of it counts. Chromium, Node and this program read switches and
 * variables that weaken TLS, write its keys to a file, open a debugger or load another page. A package takes the ones named
 * here and no other. A clone takes all except those that undo TLS, since development and tests need them.
 *
 * Call it before anything else. Chromium starts its network service (`network_service_instance_impl.cc` opens the key log)
 * and the debugging server (`ElectronBrowserMainParts::PreMainMessageLoopRun`) only after the main script has run.
 */
export function ignoreInheritedSettings(app: Pick<App, 'isPackaged' | 'getAppPath' | 'commandLine'>): void {
  const isOfPackage = isPackage(app)
  for (const name of switchesToIgnore(process.argv, isOfPackage)) app.commandLine.removeSwitch(name)
  forgetVariables(variablesToIgnore(variableNames(), isOfPackage))
}

/** In a clone too: these write TLS session keys to a file, or make Node accept any server. */
const neverSwitches = ['ssl-key-log-file']
const neverVariables = ['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED']

/**
 * Chromium's switches that a package listens to. Left out on purpose, by what they would do:
 * - write keys, cookies or pages to a file: ssl-key-log-file, log-net-log, net-log-capture-mode, enable-logging, log-file
 * - believe any server: ignore-certificate-errors, ignore-certificate-errors-spki-list, allow-insecure-localhost
 * - lead elsewhere: host-resolver-rules, host-rules, proxy-server, proxy-pac-url, user-data-dir
 * - undo the page's limits: disable-web-security, allow-running-insecure-content, disable-site-isolation-trials
 * - hand over the page: remote-debugging-port, remote-debugging-pipe, load-extension, auto-open-devtools-for-tabs
 * - switch any of this on under another name: enable-features, disable-features, enable-blink-features
 * What Chromium reads before any script runs (js-flags, enable-logging until then, no-zygote) is out of our reach; none of
 * it writes keys or moves the page.
 */
const packageSwitches: ReadonlySet<string> = new Set([
  ...Object.values(ownSwitches),
  // As root, and in most containers, Chromium cannot make its sandbox.
  'no-sandbox',
  // Where /dev/shm is tiny (containers).
  'disable-dev-shm-usage',
  // The screen, its driver and the language: without these the window may not show at all.
  'display',
  'ozone-platform',
  'ozone-platform-hint',
  'enable-wayland-ime',
  'disable-gpu',
  'disable-gpu-compositing',
  'disable-software-rasterizer',
  'in-process-gpu',
  'use-gl',
  'use-angle',
  'lang',
  // For the eyes and hands of the person.
  'force-device-scale-factor',
  'high-dpi-support',
  'force-dark-mode',
  'force-high-contrast',
  'force-prefers-reduced-motion',
  'force-renderer-accessibility',
])

/** Our own variables that a package reads. All others of ours are for developing and testing. */
const packageVariables = new Set(['LATCHKEY_HOME'])
/** Set by electron-vite: another page in place of ours. */
const developmentVariables = new Set(['ELECTRON_RENDERER_URL'])

/** The names of the switches to take back, out of a command line (its first part is the program). */
function switchesToIgnore(argv: readonly string[], isPackage: boolean): string[] {
  if (!isPackage) return neverSwitches
  const given = argv.slice(1).flatMap((argument) => switchName(argument) ?? [])
  return [...new Set([...neverSwitches, ...given])].filter((name) => !packageSwitches.has(name))
}

/** As `base::CommandLine` reads it: blanks around it, one or two dashes, on Windows also a slash and any case. */
function switchName(argument: string): string | null {
  return /^\s*(?:--|-(?!-)|\/)([^=]+)/u.exec(argument)?.[1]?.trim().toLowerCase() ?? null
}

/** The names of the variables to take back. Windows does not tell their case apart. */
function variablesToIgnore(names: readonly string[], isPackage: boolean): string[] {
  return names.filter((name) => {
    const upper = name.toUpperCase()
    if (neverVariables.includes(upper)) return true
    if (!isPackage) return false
    return developmentVariables.has(upper) || (upper.startsWith('LATCHKEY_') && !packageVariables.has(upper))
  })
}
