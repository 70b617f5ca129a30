import type { PackageFacts } from './linux-tree.mjs'

/** For the tests, whose project does not read JavaScript. */
export declare function makeRpm(facts: PackageFacts): string
