import type { Jobs } from '#electron/jobs/jobs'
import { refusalOfLeftOut } from '#electron/pki/authority/requested'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { notesOn, type RequestNote } from '#shared/logic/request-notes'
import { openFile } from './open-file'

/**
 * A request file of any format, signed with its own names by the practice CA that runs in this or another process; PEM. What
 * the certificate does not say of the request is in `notes`. Errors: `nothing-usable`, `malformed`, `invalid-input` for names
 * that cannot be taken as they are, those of the practice site.
 */
export function createPracticeIssuer(jobs: Jobs, issueForRequest: (requestDer: Uint8Array) => Promise<string>) {
  return async (file: IncomingFile, withoutUnsupported: boolean): Promise<{ pem: string; notes: RequestNote[] }> => {
    const opened = await openFile(jobs, file, null)
    const [request] = opened.requests
    if (request === undefined) throw new AppError('nothing-usable', 'The file contains no request (CSR).')
    const [asked] = await jobs.run('review-requests', { requests: [request] })
    if (asked === undefined || asked === null) throw new AppError('malformed', 'The request (CSR) cannot be read.')
    const { subject, commonName, names, extensions } = asked
    const reason = names.refusal ?? (withoutUnsupported ? null : refusalOfLeftOut(names.leftOut))
    if (reason !== null) throw new AppError('invalid-input', reason)
    const wishes = { requested: { subject, commonName, ...names }, extensions }
    const notes = notesOn(wishes, { kind: 'as-requested', withoutUnsupported })
    return { pem: await issueForRequest(request), notes }
  }
}
