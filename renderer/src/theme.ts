import {
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Loader,
  Modal,
  Notification,
  type PopoverProps,
  Tabs,
  Tooltip,
} from '@mantine/core'

/**
 * The options have room above or below their field, wherever it is in the smallest window. They open when they are asked for, not
 * with the focus: a dialog that begins with such a field would begin with a list over its other fields. Not through `extend`:
 * that would load these components before the first paint.
 */
const options = { defaultProps: { maxDropdownHeight: 'clamp(100px, 50vh - 40px, 250px)', openOnFocus: false } }

/** Menus and lists of options are on the side with more room, and scroll where they have not enough of it. */
const withinWindow: PopoverProps['middlewares'] = {
  flip: true,
  shift: true,
  size: {
    padding: 6,
    apply({ availableHeight, elements }) {
      Object.assign(elements.floating.style, { maxHeight: `${availableHeight}px`, overflowY: 'auto' })
    },
  },
}

/** Every pair of text and ground below reaches 4.5:1; Mantine's own dimmed text, indigo and light teal do not. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.9375rem' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.9375rem' } },
  },
  respectReducedMotion: true,
  colors: {
    dark: [
      '#e6e6ea',
      '#c9c9d1',
      '#adadb8',
      '#9a9aa6',
      '#46464f',
      '#393942',
      '#292930',
      '#1b1b1f',
      '#151518',
      '#101012',
    ],
  },
  components: {
    // Most of them are there from the start; what comes up by itself says that it is an alert or a status.
    Alert: { defaultProps: { role: 'note' } },
    Autocomplete: options,
    Badge: Badge.extend({
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: {
        root: { textTransform: 'none', flex: 'none', fontWeight: 600, letterSpacing: 0, maxWidth: 'none' },
        label: { overflow: 'visible' },
      },
    }),
    // Its field says that there are options.
    ComboboxChevron: { defaultProps: { 'aria-hidden': true } },
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    // Its label is only heard with a role that may have one.
    Loader: Loader.extend({ defaultProps: { role: 'status' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontWeight: 650, lineHeight: 1.35 } },
    }),
    MultiSelect: options,
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    }),
    PasswordInput: {
      defaultProps: {
        visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' },
        // Whatever a pointer can do, the keyboard can (WCAG 2.2, 2.1.1).
        visibilityToggleFocusable: true,
      },
    },
    // A side that was found once is not kept: the window may have become smaller since, or what it belongs to has moved.
    Popover: { defaultProps: { preventPositionChangeWhenVisible: false, middlewares: withinWindow } },
    Select: options,
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    TagsInput: options,
    Tooltip: Tooltip.extend({
      defaultProps: { multiline: true, maw: 320, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    }),
  },
})

type Ground = [color: string, ground: string, hover: string, ink: string]

const light: Ground[] = [
  ['indigo', '#e6ebff', '#d9e1ff', '#2d40a8'],
  ['teal', '#d8f4ea', '#c9efe1', '#0a5c43'],
  ['orange', '#ffeedb', '#ffe4c7', '#8a3b00'],
  ['red', '#ffe6e6', '#ffd9d9', '#a31919'],
  ['gray', '#eceef1', '#e2e5e9', '#3c434a'],
]
const dark: Ground[] = [
  ['indigo', '#262c4b', '#2f365c', '#b9c6ff'],
  ['teal', '#16352c', '#1b4035', '#86e5c2'],
  ['orange', '#382b1b', '#443422', '#ffc68a'],
  ['red', '#3d2326', '#4a2a2e', '#ffb0b0'],
  ['gray', '#33333b', '#3d3d46', '#d8d8df'],
]

const grounds = (list: Ground[]) =>
  Object.fromEntries(
    list.flatMap(([color, ground, hover, ink]) => [
      [`--mantine-color-${color}-light`, ground],
      [`--mantine-color-${color}-light-hover`, hover],
      [`--mantine-color-${color}-light-color`, ink],
      [`--mantine-color-${color}-text`, ink],
    ]),
  )

/** White on Mantine's own red has a contrast of 3.3; WCAG 2.2 AA asks for 4.5. This one has 5.5. */
const filled = { '--mantine-color-red-filled': '#c92a2a', '--mantine-color-red-filled-hover': '#b02525' }

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...grounds(light),
    ...filled,
    '--mantine-color-dimmed': '#59616a',
    '--mantine-color-placeholder': '#6a727a',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#3450d4',
    '--latchkey-side': '#f6f7f9',
    '--latchkey-raised': '#ffffff',
    '--latchkey-line': '#dfe3e8',
    '--latchkey-control': '#868e96',
    '--latchkey-focus': '#3450d4',
    '--latchkey-bar': '#c9ced6',
  },
  dark: {
    ...grounds(dark),
    ...filled,
    '--mantine-color-dimmed': '#adadb8',
    '--mantine-color-placeholder': '#9a9aa6',
    '--mantine-color-error': '#ff9c9c',
    '--mantine-color-anchor': '#a9b9ff',
    '--latchkey-side': '#222227',
    '--latchkey-raised': '#232328',
    '--latchkey-line': '#393942',
    '--latchkey-control': '#767682',
    '--latchkey-focus': '#a9b9ff',
    '--latchkey-bar': '#3f3f48',
  },
})
