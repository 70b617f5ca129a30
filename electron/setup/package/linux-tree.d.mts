/** For the tests, whose project does not read JavaScript. */
export interface PackageFacts {
  version: string
  epoch: number
  unpacked: string
  output: string
}
export declare function stageLinuxTree(facts: PackageFacts, kind: 'deb' | 'rpm'): string
