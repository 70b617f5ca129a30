/** Debian's package python3-cryptography-vectors; `npm test` installs it on Linux, and nobody has it elsewhere. */
export const vectorsFolder = '/usr/lib/python3/dist-packages/cryptography_vectors'
