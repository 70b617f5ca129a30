const { readFileSync, rmSync } = require('node:fs')
const { setTimeout: pause } = require('node:timers/promises')
const { contentTracing } = require('electron')

/** A name as it is typed: from what fits everybody to what fits one. */
const typed = ['u', 's', 'e', 'r', ' ', '7', '7', '7', '7']
/** Longer than the pause after which the screen asks, and the answer with it. */
const answeredMs = 500

/**
 * The list of everything that was issued, opened and searched in the real window. In milliseconds: until its rows are
 * drawn; the main thread's work for the slowest keystroke, up to the next frame; its work for the slowest answer; and the
 * longest piece of such work, during which the window can do nothing else.
 */
async function list(window) {
  const run = (script) => window.webContents.executeJavaScript(script)
  await run(press('nav', 'Issuers'))
  const listMs = await run(`(async () => {
    await ${press('main', 'Issued certificates')}
    const begun = performance.now()
    await ${seen('[aria-label="Issued certificates"] button')}
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - begun
  })()`)
  const inspector = await inspectorOf(window)
  const worked = () => workOf(inspector)
  await run(`document.querySelector('main input').focus()`)
  await pause(answeredMs)
  const [keys, answers] = [[], []]
  for (const text of typed) {
    await run(`window.drawn = ${nextFrameAfterInput}; true`)
    const before = await worked()
    await inspector.sendCommand('Input.dispatchKeyEvent', { type: 'keyDown', text, key: text })
    await run('window.drawn')
    const between = await worked()
    await pause(answeredMs)
    keys.push(between - before)
    answers.push((await worked()) - between)
  }
  // Deleted again: the record is work, too, and would be counted with the answers above.
  await contentTracing.startRecording({ included_categories: ['toplevel'] })
  for (const _ of typed) {
    await inspector.sendCommand('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Backspace',
      windowsVirtualKeyCode: 8,
    })
    await pause(answeredMs)
  }
  const taskMs = longestTask(await contentTracing.stopRecording(), window.webContents.getOSProcessId())
  const [keystrokeMs, answerMs] = [keys, answers].map((list) => Math.max(...list))
  return { listMs, keystrokeMs, answerMs, taskMs }
}

/** The Chrome DevTools Protocol; without a window manager nothing would have the focus. */
async function inspectorOf(window) {
  const inspector = window.webContents.debugger
  inspector.attach('1.3')
  await inspector.sendCommand('Emulation.setFocusEmulationEnabled', { enabled: true })
  await inspector.sendCommand('Performance.enable')
  return inspector
}

/** How long the window's main thread has worked so far, in milliseconds. */
async function workOf(inspector) {
  const { metrics } = await inspector.sendCommand('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
}

/** Of a page's main thread, in milliseconds: the time that the processor worked on it, since other programs take their turns in between. */
function longestTask(record, page) {
  const { traceEvents } = JSON.parse(readFileSync(record, 'utf8'))
  rmSync(record)
  const main = traceEvents.find(
    ({ pid, name, args }) => pid === page && name === 'thread_name' && args.name === 'CrRendererMain',
  )
  const tasks = traceEvents.filter(({ tid, pid, name }) => tid === main.tid && pid === page && name.endsWith('RunTask'))
  return tasks.reduce((longest, { tdur, dur }) => Math.max(longest, tdur ?? dur), 0) / 1000
}

/** A promise, as text for the window: resolved as soon as something is there. */
const seen = (selector, text = '') => `new Promise((resolve) => {
  const look = () => {
    const found = [...document.querySelectorAll('${selector}')].find((one) => one.textContent.includes('${text}'))
    if (found === undefined || found.disabled) return
    watcher.disconnect()
    resolve(found)
  }
  const watcher = new MutationObserver(look)
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  look()
})`

const press = (where, text) => `${seen(`${where} button`, text)}.then((button) => button.click())`

const nextFrameAfterInput = `new Promise((resolve) => {
  const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(true)))
  document.activeElement.addEventListener('input', drawn, { once: true })
})`

module.exports = { list }
