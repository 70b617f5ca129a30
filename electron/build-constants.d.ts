declare const __LATCHKEY_VERSION__: string
/** Where this build gets its updates, and the key of the manifests there; empty where it gets none (`setup/update-feed.mjs`). */
declare const __LATCHKEY_UPDATE_FEED__: string
declare const __LATCHKEY_UPDATE_KEY__: string
