import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { fileNameOf } from '#shared/logic/naming'
import type { IssuedCertificate } from '#shared/model/authority'
import { writeOut } from '../write-file'

/** All in one text, and where asked for in one file or in one for each. Two of one name are told apart by their key. */
export async function writeIssued(
  services: Services,
  issued: IssuedCertificate[],
  { out, outDir }: { out?: string; outDir?: string },
): Promise<{ pem: string; files: string[] }> {
  if (issued.length === 0) return { pem: '', files: [] }
  const { pem } = await services.authorities.issuedFile(issued.map(({ sha256 }) => sha256))
  if (out !== undefined) await writeOut(out, pem)
  if (outDir === undefined) return { pem, files: out === undefined ? [] : [out] }
  await mkdir(outDir, { recursive: true }).catch(() => {
    throw new AppError('file-not-written', outDir)
  })
  const files: string[] = []
  for (const { sha256, commonName, keyCode } of issued) {
    const plain = join(outDir, fileNameOf(commonName, 'pem'))
    const path = files.includes(plain) ? join(outDir, fileNameOf(`${commonName} ${keyCode}`, 'pem')) : plain
    await writeOut(path, (await services.authorities.issuedFile([sha256])).pem)
    files.push(path)
  }
  return { pem, files: out === undefined ? files : [out, ...files] }
}
