/** For the tests, whose project does not read JavaScript. */
export declare function msiProjectCreated(file: string): void
export declare const comments: string
