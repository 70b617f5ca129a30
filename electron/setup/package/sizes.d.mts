/** For the tests, whose project does not read JavaScript. */
interface Sizes {
  runtime: number
  code: number
  nativeModules: number
  texts: number
  commandLine: number
  total: number
}
export declare function sizesOf(unpacked: string): Sizes
export declare function sizeLines(sizes: Sizes): string[]
