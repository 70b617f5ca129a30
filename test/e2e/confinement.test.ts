import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchApp, newHome, type RunningApp, removeHome } from '../support/app'

/** What a script in the window's page could not do, were one ever to run there: leave, open anything, or reach the network. */

let running: RunningApp
test.beforeAll(async () => {
  running = await launchApp()
  await recordNavigations(running)
})
test.afterAll(async () => {
  await running.close()
  removeHome(running.home)
})

/** Every navigation that Chromium begins in the window, in a list of the main process. */
async function recordNavigations({ app }: RunningApp): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const begun: string[] = []
    Object.assign(globalThis, { begun })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.on('did-start-navigation', (_event, url, _isInPlace, isMainFrame) => {
      begun.push(`${isMainFrame ? 'page' : 'frame'} ${url}`)
    })
  })
}

let fences = 0

/**
 * What was begun until now. A navigation inside the page goes the same way as one that leaves it, so once the last has arrived
 * all earlier ones have.
 */
async function begunSoFar({ app, page }: RunningApp): Promise<string[]> {
  fences += 1
  const fence = `#fence-${fences}`
  await page.evaluate((hash) => {
    location.hash = hash
  }, fence)
  await expect.poll(() => app.evaluate(() => String(Reflect.get(globalThis, 'begun')))).toContain(fence)
  return app.evaluate(() => {
    const begun: unknown = Reflect.get(globalThis, 'begun')
    return Array.isArray(begun) ? begun.splice(0).filter((line) => !String(line).includes('#fence-')) : []
  })
}

const elsewhere = [
  'about:blank',
  'about:blank#x',
  'about:blank?x',
  'about:srcdoc',
  'about:made-up',
  'data:text/html,x',
  'javascript:document.title="x"',
  'file:///etc/passwd',
  'https://elsewhere.example.invalid/',
  'app://other/index.html',
]

const ways: Record<string, (url: string) => void> = {
  'location.href': (url) => {
    location.href = url
  },
  'location.assign': (url) => location.assign(url),
  'location.replace': (url) => location.replace(url),
  'window.open in place': (url) => void window.open(url, '_self'),
  'window.open': (url) => void window.open(url),
  'a link': (url) => {
    const link = document.body.appendChild(document.createElement('a'))
    link.href = url
    link.click()
    link.remove()
  },
  'a form': (url) => {
    const form = document.body.appendChild(document.createElement('form'))
    form.action = url
    form.submit()
    form.remove()
  },
  'a refresh': (url) => {
    const meta = document.head.appendChild(document.createElement('meta'))
    meta.httpEquiv = 'refresh'
    meta.content = `0;url=${url}`
  },
  'a frame’s parent': (url) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    const script = frame.contentWindow
    if (script !== null) script.parent.location = url
    frame.remove()
  },
}

for (const [name, way] of Object.entries(ways))
  test(`${name} does not lead away from the page`, async () => {
    const { app, page } = running
    await page.evaluate(() => Object.assign(window, { stillHere: true }))
    for (const url of elsewhere) await page.evaluate(way, url).catch(refusedByChromium)
    expect((await begunSoFar(running)).filter((line) => line.startsWith('page'))).toEqual([])
    expect(await page.evaluate(() => [Reflect.get(window, 'stillHere'), location.pathname])).toEqual([
      true,
      '/index.html',
    ])
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

/** Some addresses are refused with an exception already. */
function refusedByChromium(error: unknown): void {
  if (!/SecurityError|SyntaxError|DataCloneError|not allowed|invalid/iu.test(String(error))) throw error
}

test('going back and loading anew do not lead away either', async () => {
  const { page } = running
  await page.evaluate(() => {
    Object.assign(window, { stillHere: true })
    history.pushState({}, '', '/index.html?pushed')
    location.reload()
    history.go(-99)
    history.go(99)
  })
  await begunSoFar(running)
  expect(await page.evaluate(() => Reflect.get(window, 'stillHere'))).toBe(true)
})

test('a page that got away comes back', async () => {
  const { app, page } = running
  await app.evaluate(({ BrowserWindow }) =>
    // It is called off by what brings the page back.
    BrowserWindow.getAllWindows()[0]
      ?.webContents.loadURL('about:blank')
      .catch(() => undefined),
  )
  await expect(page.getByRole('navigation')).toBeVisible()
  expect(page.url()).toContain('app://latchkey/index.html')
})

test('a frame holds nothing from elsewhere, and has no way to the main process', async () => {
  const { page } = running
  const seen = await page.evaluate(() => {
    const urls = ['data:text/html,x', 'https://elsewhere.example.invalid/', 'blob:x', 'file:///etc/passwd']
    return urls.map((url) => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      const hasBridge = frame.contentWindow !== null && 'latchkey' in frame.contentWindow
      frame.src = url
      return hasBridge
    })
  })
  expect(seen).toEqual([false, false, false, false])
  const addresses = await page.evaluate(() =>
    [...document.querySelectorAll('iframe')].map((frame) => {
      try {
        return frame.contentDocument?.URL ?? 'closed'
      } catch {
        return 'closed'
      }
    }),
  )
  for (const address of addresses) expect(address).toMatch(/^(about:blank|closed)$/u)
})

test('the page is given no screen, camera or device', async () => {
  const { page } = running
  const outcomes = await page.evaluate(async () => {
    const asked: (() => Promise<unknown>)[] = [
      () => navigator.mediaDevices.getDisplayMedia({ video: true }),
      () => navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
      () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      () => navigator.clipboard.readText(),
      async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
      },
    ]
    return Promise.all(
      asked.map((ask) =>
        ask()
          .then(() => 'given')
          .catch(() => 'refused'),
      ),
    )
  })
  expect(outcomes).toEqual(outcomes.map(() => 'refused'))
})

test('no certificate is chosen for whoever asks without a page, or with one that no test has opened', async () => {
  const outcomes = await running.app.evaluate(({ app, BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows()[0]?.webContents
    // Electron 25 has a listener of its own, which hands the event on to the page: it never asks without one.
    const listener = app.listeners('select-client-certificate').at(-1)
    return [null, undefined, own].map((contents) => {
      const seen: unknown[][] = []
      const prevented: unknown[][] = []
      const event = { preventDefault: (...given: unknown[]) => void prevented.push(given) }
      const callback = (...given: unknown[]) => void seen.push(given)
      listener?.(event, contents, 'https://site.example/', [{ data: 'PEM' }], callback)
      return { seen, prevented }
    })
  })
  // Chromium’s own choice, the first certificate of the list, is prevented, and it is called back once, with none.
  expect(outcomes).toEqual(outcomes.map(() => ({ seen: [[]], prevented: [[]] })))
  expect(outcomes).toHaveLength(3)
})

test('WebRTC reaches nobody', async () => {
  const { app, page } = running
  const heard = { packets: 0, connections: 0 }
  const udp = createSocket('udp4').on('message', () => {
    heard.packets += 1
  })
  const tcp = createServer((socket) => {
    heard.connections += 1
    socket.on('error', () => undefined).destroy()
  })
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const address = tcp.address()
  const tcpPort = typeof address === 'object' ? (address?.port ?? 0) : 0
  const ports = { udp: udp.address().port, tcp: tcpPort, until: 'over' as const }

  expect(await page.evaluate(tryWebRtc, ports)).toEqual([])
  expect(heard).toEqual({ packets: 0, connections: 0 })

  // The very same, with what holds it back taken away, is heard.
  await app.evaluate(async ({ BrowserWindow, session }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setWebRTCIPHandlingPolicy('default')
    await session.defaultSession.setProxy({ mode: 'direct' })
  })
  // Goes on until the window closes.
  void page.evaluate(tryWebRtc, { ...ports, until: 'closed' as const }).catch(() => undefined)
  await expect.poll(() => heard.packets > 0 && heard.connections > 0).toBe(true)
  udp.close()
  tcp.close()
})

interface Attempt {
  udp: number
  tcp: number
  /** Until the servers were asked, until the peer was given up too, or for ever. */
  until: 'gathered' | 'over' | 'closed'
}

/** Asks STUN and TURN servers and a peer on these ports of loopback. Returns the addresses it found for itself, once it is over. */
async function tryWebRtc({ udp, tcp, until }: Attempt): Promise<string[]> {
  const login = { username: 'a', credential: 'b' }
  const mine = new RTCPeerConnection({
    iceServers: [
      { urls: `stun:127.0.0.1:${udp}` },
      { urls: `turn:127.0.0.1:${udp}?transport=udp`, ...login },
      { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, ...login },
      { urls: `turns:127.0.0.1:${tcp}?transport=tcp`, ...login },
      { urls: `turn:name-turn.example.invalid:${tcp}?transport=tcp`, ...login },
      { urls: `stun:name-stun.example.invalid:${udp}` },
    ],
  })
  const found: string[] = []
  mine.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null && candidate.candidate !== '') found.push(candidate.candidate)
  })
  mine.createDataChannel('channel')
  await mine.setLocalDescription()
  const theirs = new RTCPeerConnection()
  if (mine.localDescription !== null) await theirs.setRemoteDescription(mine.localDescription)
  await theirs.setLocalDescription()
  if (theirs.localDescription !== null) await mine.setRemoteDescription(theirs.localDescription)
  const line = { sdpMid: '0', sdpMLineIndex: 0 }
  await mine.addIceCandidate({ candidate: `candidate:1 1 udp 2113937151 127.0.0.1 ${udp} typ host`, ...line })
  const passive = `candidate:2 1 tcp 1518280447 127.0.0.1 ${tcp} typ host tcptype passive`
  await mine.addIceCandidate({ candidate: passive, ...line })
  const isOver = () =>
    until !== 'closed' &&
    mine.iceGatheringState === 'complete' &&
    (until === 'gathered' || ['disconnected', 'failed'].includes(mine.iceConnectionState))
  await new Promise<void>((resolve) => {
    const look = () => isOver() && resolve()
    for (const event of ['iceconnectionstatechange', 'icegatheringstatechange', 'icecandidate'])
      mine.addEventListener(event, look)
    look()
  })
  mine.close()
  theirs.close()
  return found
}

test('no name that the page mentions is looked up', async () => {
  const home = newHome()
  const log = join(home, 'network.json')
  const { app, page, close } = await launchApp({ home, args: [`--log-net-log=${log}`] })
  await page.evaluate(async () => {
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'prerender', 'modulepreload', 'manifest', 'icon']) {
      const link = document.head.appendChild(document.createElement('link'))
      link.rel = rel
      link.href = `https://name-${rel}.example.invalid/`
    }
    new Image().src = 'https://name-image.example.invalid/'
    navigator.sendBeacon('https://name-beacon.example.invalid/', 'x')
    await fetch('https://name-fetch.example.invalid/').catch(() => undefined)
  })
  await page.evaluate(tryWebRtc, { udp: 9, tcp: 9, until: 'gathered' as const })
  // The log knows names that were looked up: this one was.
  await app.evaluate(({ session }) =>
    session.defaultSession.resolveHost('name-control.example.invalid').catch(() => undefined),
  )
  await close()
  const names = new Set(readFileSync(log, 'utf8').match(/name-[a-z-]+\.example\.invalid/gu))
  expect([...names]).toEqual(['name-control.example.invalid'])
  removeHome(home)
})
