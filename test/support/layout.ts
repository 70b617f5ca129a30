import type { Page } from '@playwright/test'

/** What is wrong with where things stand on the page, in words; empty where nothing is. */
export const layoutFaults = (page: Page): Promise<string[]> => page.evaluate(findLayoutFaults)

/** A dialog starts in its first field or on its main button; on the one that closes it only where there is nothing else. */
export const focusFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const dialog = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].at(-1)
    const isOnClose = document.activeElement?.matches('.mantine-Modal-close') === true
    const others = dialog?.querySelectorAll(':is(button, input, textarea):not(.mantine-Modal-close, :disabled)') ?? []
    return isOnClose && others.length > 0 ? ['the dialog starts on the button that closes it'] : []
  })

/** Nothing moves for whoever asks for less motion, not even what shows that something is waited for. */
export const motionFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map(({ effect }) => {
        const element = effect instanceof KeyframeEffect ? effect.target : null
        return `${element?.tagName.toLowerCase()}.${element?.className} moves`
      }),
  )

/**
 * A name that is written from right to left stands apart from the words beside it: in an element of its own, or between the
 * characters that isolate it. Otherwise both change places.
 */
export const isolationFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u
    const withoutIsolated = (text: string) => text.replaceAll(/\u2068[^\u2069]*\u2069/gu, '')
    const faults = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      if (rightToLeft.test(withoutIsolated(text)) && !standsApart(node.parentElement, text))
        faults.add(`“${node.parentElement?.closest('p, li, div, td, dd')?.textContent?.slice(0, 80)}” is not isolated`)
    }
    for (const element of document.querySelectorAll('[title], [aria-label]'))
      for (const name of ['title', 'aria-label']) {
        const words = element.getAttribute(name) ?? ''
        // The whole of what is cut off there.
        if (words.trim() === element.textContent?.trim()) continue
        const rest = withoutIsolated(words)
        if (rightToLeft.test(rest) && /[a-z]{3}/iu.test(rest))
          faults.add(`${name} “${rest.slice(0, 80)}” is not isolated`)
      }
    // What was chosen from a list; what somebody types is theirs.
    for (const { value } of document.querySelectorAll<HTMLInputElement>('input[aria-haspopup]')) {
      const rest = withoutIsolated(value)
      if (rightToLeft.test(rest) && /[a-z]{3}/iu.test(rest)) faults.add(`“${value}” is not isolated`)
    }
    return [...faults]

    function standsApart(parent: Element | null, text: string): boolean {
      for (let element = parent; element !== null; element = element.parentElement) {
        const { display, unicodeBidi } = getComputedStyle(element)
        if (unicodeBidi === 'isolate' || unicodeBidi === 'plaintext')
          return display === 'inline' || isAlone(element, text)
        if (display !== 'inline') return isAlone(element, text)
      }
      return true
    }
    function isAlone(element: Element, text: string): boolean {
      return element.textContent?.trim() === text
    }
  })

/**
 * A name may be broken in two where there is no room for it, but not a word on a button, a tab or a mark, nor a number of days
 * in brackets.
 */
export const wordFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const labels = [...document.querySelectorAll('button, [role="tab"], [role="menuitem"], .mantine-Badge-label')]
    const ofLabels = labels
      .filter((label) => label.checkVisibility())
      .flatMap((label) => brokenIn(label, /(?<!\S)[A-Za-z]{2,20}…?(?!\S)/gu))
    return [...ofLabels, ...brokenIn(document.body, /\([\d,]+ days?(?: ago)?\)/gu)]

    function brokenIn(label: Element, whole: RegExp): string[] {
      const broken: string[] = []
      const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (const { 0: word, index } of (node.textContent ?? '').matchAll(whole)) {
          const range = document.createRange()
          range.setStart(node, index)
          range.setEnd(node, index + word.length)
          const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)))
          if (lines.size > 1) broken.push(`“${word}” is broken in “${node.parentElement?.textContent?.slice(0, 40)}”`)
        }
      }
      return broken
    }
  })

/**
 * In whichever colours the system sets: the text of what is chosen stands out from the ground that it is on (WCAG 1.4.3), the mark of
 * what is ticked or switched from its own ground (1.4.11), and a dialog has an edge.
 */
export const chosenFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const chosen = document.querySelectorAll(
      '[aria-current="true"], [aria-selected="true"], [aria-pressed="true"], [data-active], [data-combobox-selected]',
    )
    const parts = [...chosen].flatMap((element) => [element, ...element.querySelectorAll('*')])
    const texts = parts.filter(
      (element) =>
        element.checkVisibility() &&
        [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()),
    )
    const unreadable = texts
      .filter((element) => contrast(getComputedStyle(element).color, groundOf(element)) < 4.5)
      .map((element) => `“${element.textContent?.trim().slice(0, 40)}” is chosen and cannot be read`)

    const ticked = [...document.querySelectorAll(':is(.mantine-Checkbox-input, .mantine-Radio-radio):checked')].filter(
      ({ nextElementSibling: mark }) =>
        mark?.checkVisibility() && contrast(getComputedStyle(mark).color, groundOf(mark.previousElementSibling)) < 3,
    )
    const switches = [...document.querySelectorAll('.mantine-Switch-track')].filter((track) => {
      const [thumb, edge] = [track.querySelector('.mantine-Switch-thumb'), getComputedStyle(track)]
      const isSeen = thumb !== null && contrast(getComputedStyle(thumb).backgroundColor, groundOf(track)) >= 3
      return track.checkVisibility() && (edge.borderTopStyle === 'none' || !isSeen)
    })
    const edgeless = [...document.querySelectorAll('[role="dialog"]')].filter(
      (dialog) => dialog.checkVisibility() && getComputedStyle(dialog).borderTopStyle === 'none',
    )
    return [
      ...unreadable,
      ...ticked.map((input) => `the mark of “${labelOf(input)}” cannot be seen`),
      ...switches.map((track) => `the switch “${labelOf(track.previousElementSibling)}” cannot be seen`),
      ...edgeless.map((dialog) => `the dialog “${dialog.textContent?.slice(0, 40)}” has no edge`),
    ]

    function labelOf(input: Element | null): string {
      return (input instanceof HTMLInputElement ? input.labels?.item(0)?.textContent : null) ?? ''
    }
    function groundOf(element: Element | null): string {
      if (element === null) return 'rgb(255, 255, 255)'
      const { backgroundColor } = getComputedStyle(element)
      return channelsOf(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor
    }
    function contrast(one: string, other: string): number {
      const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
      return (lighter + 0.05) / (darker + 0.05)
    }
    function luminance(color: string): number {
      const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => {
        const part = channel / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    function channelsOf(color: string): number[] {
      return (color.match(/[\d.]+/gu) ?? []).map(Number)
    }
  })

/**
 * Runs in the page. Of the topmost layer alone: no two things that can be pressed or typed into cover each other, unless one is
 * inside the other or is an adornment of the same field. Text and things to press are neither cut off nor outside of the window:
 * what does not fit is reached by scrolling downwards, and only text that is marked for it scrolls sideways.
 */
function findLayoutFaults(): string[] {
  interface Box {
    left: number
    top: number
    right: number
    bottom: number
  }
  const faults = new Set<string>()
  const root = topmostLayer()
  const pressable =
    'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), [role="option"], [role="menuitem"]'
  const shown = [...root.querySelectorAll<HTMLElement>(pressable)].filter(isPerceptible)
  const seen = shown.map((element) => ({ element, box: partInSight(element, boxOf(element)) }))

  for (const [index, one] of seen.entries()) {
    for (const other of seen.slice(index + 1)) {
      if (one.box === null || other.box === null || belongTogether(one.element, other.element)) continue
      // What scrolls beneath a foot that stays is reached by scrolling on.
      if (sticky(one.element) !== sticky(other.element)) continue
      if (intersect(one.box, other.box)) faults.add(`${nameOf(one.element)} and ${nameOf(other.element)} overlap`)
    }
  }
  for (const text of textsIn(root)) partInSight(text.element, text.box, text.element)
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    reportSmallScroller(element)
    reportSidewaysScroller(element)
    reportCutWords(element)
  }
  for (const icon of root.querySelectorAll('svg.tabler-icon')) {
    const { width } = icon.getBoundingClientRect()
    if (isPerceptible(icon) && width < 12)
      faults.add(`an icon in ${nameOf(icon.parentElement ?? icon)} is ${width} pixels wide`)
  }
  for (const step of root.querySelectorAll<HTMLElement>('ol[aria-label] > li'))
    if (step.checkVisibility() && step.scrollWidth > step.clientWidth)
      faults.add(`${nameOf(step)} is wider than its place`)
  reportDialog()
  return [...faults]

  /** A dialog that asks for something can be left as well; its button is in sight, and no notice covers what is in it. */
  function reportDialog(): void {
    const submit = root.querySelector<HTMLElement>('[role="dialog"] [type="submit"]')
    if (submit === null || !isPerceptible(submit)) return
    const buttons = [...root.querySelectorAll<HTMLElement>('[role="dialog"] button')]
    const leave = buttons.find((button) =>
      /^(Cancel|Close|Done|Skip this file)$/u.test(button.textContent?.trim() ?? ''),
    )
    if (leave === undefined) faults.add(`the dialog ${nameOf(root)} has no Cancel`)
    const body = submit.closest('.mantine-Modal-content')?.getBoundingClientRect()
    if (submit.getBoundingClientRect().bottom > Math.min(innerHeight, body?.bottom ?? innerHeight))
      faults.add(`${nameOf(submit)} is out of sight`)
    for (const notice of document.querySelectorAll('.mantine-Notification-root'))
      for (const { element, box } of seen)
        if (box !== null && element.closest('.mantine-Modal-body') !== null && intersect(box, boxOf(notice)))
          faults.add(`${nameOf(notice)} covers ${nameOf(element)}`)
  }

  /** The page below a dialog, and the dialog below its menu, are not what a person deals with. */
  function topmostLayer(): HTMLElement {
    const layers = document.querySelectorAll<HTMLElement>('[aria-modal="true"], [role="menu"], [role="listbox"]')
    return [...layers].filter(isPerceptible).at(-1) ?? document.body
  }

  /** What is hidden from sight on purpose, as for screen readers, has no place to be judged. */
  function isPerceptible(element: Element): boolean {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false
    for (let here: Element | null = element; here !== null; here = here.parentElement) {
      const style = getComputedStyle(here)
      const { width, height } = here.getBoundingClientRect()
      if (style.position === 'absolute' && width <= 1 && height <= 1) return false
      if (here.getAttribute('aria-hidden') === 'true' && here.closest('[data-portal]') === null) return false
    }
    const { width, height } = element.getBoundingClientRect()
    return width > 0 && height > 0
  }

  function boxOf(element: Element): Box {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left, top, right, bottom }
  }

  /** Null where it is scrolled out of sight, which is fine; what cannot be reached by scrolling is a fault. */
  function partInSight(element: Element, whole: Box, first: Element | null = element.parentElement): Box | null {
    let box = whole
    let containing = containingBlockOf(element)
    for (let frame = first; frame !== null && frame !== document.body; frame = frame.parentElement) {
      if (containing !== null && !frame.contains(containing)) {
        if (frame !== containing) continue
      }
      const style = getComputedStyle(frame)
      const edge = paddingBoxOf(frame)
      // Within a line of text there is no scroller, whatever the style says.
      const isCut = style.display !== 'inline' && `${style.overflowX} ${style.overflowY}` !== 'visible visible'
      if (isCut) {
        reportCut(element, frame, box, edge, style)
        const inside = common(box, edge)
        if (inside === null) return null
        box = inside
      }
      if (containing === null || frame === containing) containing = containingBlockOf(frame)
      if (style.position === 'fixed') break
    }
    if (outside(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight }))
      faults.add(`${nameOf(element)} is outside of the window`)
    return box
  }

  function containingBlockOf(element: Element): Element | null {
    const { position } = getComputedStyle(element)
    if (position === 'fixed') return document.body
    return position === 'absolute' && element instanceof HTMLElement ? element.offsetParent : null
  }

  function reportCut(element: Element, frame: Element, box: Box, edge: Box, style: CSSStyleDeclaration): void {
    const scrollsDown = ['auto', 'scroll'].includes(style.overflowY)
    const scrollsSideways = ['auto', 'scroll'].includes(style.overflowX)
    const isWide = box.left < edge.left - 1 || box.right > edge.right + 1
    const isTall = box.top < edge.top - 1 || box.bottom > edge.bottom + 1
    if (isTall && !scrollsDown && !isCutAfterLines(frame, style))
      faults.add(`${nameOf(element)} is cut off below or above by ${nameOf(frame)}`)
    if (!isWide || isEllipsis(frame, style)) return
    if (!scrollsSideways) faults.add(`${nameOf(element)} is cut off sideways by ${nameOf(frame)}`)
    else if (frame.closest('[data-scrolls-sideways], pre, input, textarea') === null)
      faults.add(`${nameOf(element)} has to be scrolled to sideways in ${nameOf(frame)}`)
  }

  /** Cut with an ellipsis, and the whole text is one hover away. */
  function isEllipsis(frame: Element, style: CSSStyleDeclaration): boolean {
    return style.textOverflow === 'ellipsis' && (frame.closest('[title]') !== null || frame instanceof HTMLInputElement)
  }

  /** The same after a number of lines. */
  function isCutAfterLines(frame: Element, style: CSSStyleDeclaration): boolean {
    return style.webkitLineClamp !== 'none' && frame.closest('[title]') !== null
  }

  /** A page that has to be pushed sideways; what is marked for it may be. */
  function reportSidewaysScroller(element: HTMLElement): void {
    const { overflowX } = getComputedStyle(element)
    if (!['auto', 'scroll'].includes(overflowX) || element.scrollWidth <= element.clientWidth + 1) return
    if (element.closest('[data-scrolls-sideways], pre, input, textarea') !== null || !isPerceptible(element)) return
    faults.add(`${nameOf(element)} scrolls sideways`)
  }

  /** Also of what only eyes read, such as the names of columns. */
  function reportCutWords(element: HTMLElement): void {
    const style = getComputedStyle(element)
    if (style.textOverflow !== 'ellipsis' || !element.checkVisibility({ checkVisibilityCSS: true })) return
    if (element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline' && !isEllipsis(element, style))
      faults.add(`${nameOf(element)} is cut, and nothing shows the whole of it`)
  }

  /** A scroller in which hardly anything can be seen might as well not be there. */
  function reportSmallScroller(element: HTMLElement): void {
    const { overflowY, position } = getComputedStyle(element)
    if (!['auto', 'scroll'].includes(overflowY) || element instanceof HTMLTextAreaElement) return
    if (element.scrollHeight <= element.clientHeight + 1 || !isPerceptible(element)) return
    if (element.clientHeight < 80 && position !== 'absolute')
      faults.add(`${nameOf(element)} scrolls in a height of ${element.clientHeight} pixels`)
  }

  function textsIn(layer: Element): { element: Element; box: Box }[] {
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT)
    const found: { element: Element; box: Box }[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || (node.textContent ?? '').trim() === '' || !isPerceptible(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { left, top, right, bottom } = range.getBoundingClientRect()
      if (right > left) found.push({ element, box: { left, top: top + 2, right, bottom: bottom - 2 } })
    }
    return found
  }

  function belongTogether(one: Element, other: Element): boolean {
    if (one.contains(other) || other.contains(one)) return true
    const field = one.closest('.mantine-Input-wrapper, .mantine-InputWrapper-root, .mantine-PillsInput-root, label')
    return field?.contains(other) ?? false
  }

  function sticky(element: Element): Element | null {
    for (let here: Element | null = element; here !== null; here = here.parentElement)
      if (getComputedStyle(here).position === 'sticky') return here
    return null
  }

  function paddingBoxOf(element: Element): Box {
    const { left, top } = element.getBoundingClientRect()
    const { clientLeft, clientTop, clientWidth, clientHeight } = element
    return {
      left: left + clientLeft,
      top: top + clientTop,
      right: left + clientLeft + clientWidth,
      bottom: top + clientTop + clientHeight,
    }
  }

  function common(one: Box, other: Box): Box | null {
    const box = {
      left: Math.max(one.left, other.left),
      top: Math.max(one.top, other.top),
      right: Math.min(one.right, other.right),
      bottom: Math.min(one.bottom, other.bottom),
    }
    return box.right - box.left <= 1 || box.bottom - box.top <= 1 ? null : box
  }

  function intersect(one: Box, other: Box): boolean {
    return common(one, other) !== null
  }

  function outside(box: Box, edge: Box): boolean {
    return (
      box.left < edge.left - 1 || box.top < edge.top - 1 || box.right > edge.right + 1 || box.bottom > edge.bottom + 1
    )
  }

  function nameOf(element: Element): string {
    const said = element.getAttribute('aria-label') ?? element.textContent ?? ''
    const words = said.trim().replaceAll(/\s+/gu, ' ').slice(0, 40)
    const own = [...element.classList].find((name) => !/^(m_|mantine-)/u.test(name)) ?? element.classList[0] ?? ''
    return `${element.tagName.toLowerCase()}${own === '' ? '' : `.${own}`} “${words}”`
  }
}
