/**
 * Runs inside Electron, in place of the app's own entry: opens a blank window or the real app, says when it can be used
 * and how much memory it takes; with `LATCHKEY_BENCH=work` or `list` it measures these. Results go to stdout, one JSON a line.
 */
const { readFileSync } = require('node:fs')
const { monitorEventLoopDelay } = require('node:perf_hooks')
const { setTimeout: pause } = require('node:timers/promises')
const { randomUUID } = require('node:crypto')
const { app, BrowserWindow } = require('electron')
const { list } = require('./list.cjs')

const what = process.env.LATCHKEY_BENCH
const settleMs = 4_000
const warmUp = 3
const rounds = 15

app.once('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', () => void measure(window).catch(giveUp))
})

if (what === 'blank') {
  void app.whenReady().then(() => {
    const window = new BrowserWindow({ width: 1200, height: 780, webPreferences: { sandbox: true } })
    void window.loadURL('data:text/html,<title>blank</title><main><button>Start</button></main>')
  })
} else {
  require(process.env.LATCHKEY_BENCH_APP)
}

function giveUp(error) {
  console.error(error)
  app.exit(1)
}

async function measure(window) {
  const usableAt = await window.webContents.executeJavaScript(usable)
  say({ startMs: usableAt - Number(process.env.LATCHKEY_BENCH_SPAWNED) })
  if (what !== 'blank') await window.webContents.executeJavaScript(answered)
  if (what === 'work') {
    await probes(window)
    say({ stallMs: await stallOfKeyGeneration(window) })
  } else if (what === 'list') {
    say(await list(window))
  } else {
    await pause(settleMs)
    say({ memory: memory() })
  }
  app.exit(0)
}

/** A promise, as text for the window. */
const until = (condition, then) => `new Promise((resolve) => {
  const look = () => {
    if (!(${condition})) return
    watcher.disconnect()
    ${then}
  }
  const watcher = new MutationObserver(look)
  watcher.observe(document, { subtree: true, childList: true, attributes: true })
  look()
})`

/** What the page states of itself; see renderer/src/app/start-state.ts. A blank page states nothing. */
const stated = 'document.documentElement.dataset.start'
/** Painted, with something to press in it, and the press is taken. */
const usable = until(
  `document.querySelector('main button:not([disabled])') !== null${what === 'blank' ? '' : ` && ${stated} !== undefined`}`,
  'requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))',
)
const answered = until(`${stated} === 'answered'`, 'resolve(true)')

/** Proportional set size where the system tells it, since the processes share most of their pages. In kB. */
function memory() {
  return app.getAppMetrics().reduce((sum, { pid, memory: own }) => sum + (proportional(pid) ?? own.workingSetSize), 0)
}

function proportional(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1])
  } catch {
    return null
  }
}

/** The window's own way to ask; throws what went wrong. */
async function call(window, channel, input) {
  const reply = await window.webContents.executeJavaScript(
    `window.latchkey[${JSON.stringify(channel)}](${input === undefined ? '' : JSON.stringify(input)})`,
  )
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.code} ${reply.error.detail}`)
  return reply.value
}

async function probes(window) {
  const draft = { subject: { commonName: 'Bench' } }
  const { id: identity } = await call(window, 'identities.request', { draft, job: randomUUID() })
  await call(window, 'lab.issue', { identity })
  const { rows } = await call(window, 'hosts.list', {})
  const site = rows.find(({ practice }) => practice)
  const test = async () => {
    const begun = performance.now()
    const input = { host: site.id, identity, mode: 'direct', job: randomUUID() }
    const { verdict } = await call(window, 'connections.test', input)
    return { ms: performance.now() - begun, verdict }
  }
  for (let round = 0; round < warmUp; round += 1) await test()
  for (let round = 0; round < rounds; round += 1) {
    // The screens ask for their news after each test; a person presses the button when they have settled.
    await pause(settleMs / 10)
    say({ probeMs: (await test()).ms })
    // The same site is then asked by curl.
    await new Promise((resolve) => process.stdin.once('data', resolve))
  }
}

async function stallOfKeyGeneration(window) {
  const draft = { subject: { commonName: 'Bench 4096' }, algorithm: 'rsa-4096' }
  const delay = monitorEventLoopDelay({ resolution: 1 })
  await pause(500)
  delay.enable()
  await call(window, 'identities.request', { draft, job: randomUUID() })
  delay.disable()
  return delay.max / 1e6
}

const say = (value) => console.log(JSON.stringify(value))
