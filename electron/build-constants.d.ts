declare const __LATCHKEY_VERSION__: string
