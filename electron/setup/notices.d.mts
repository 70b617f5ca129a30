/** For the tests, whose project does not read JavaScript. */
export declare function notices(): { name: string; version: string; text: string | null }[]
export declare function writeNotices(): void
