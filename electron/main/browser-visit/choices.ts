import { app, type Certificate, type WebContents } from 'electron'

type Choose = (candidates: Certificate[]) => Certificate | undefined

const choosers = new Map<number, Choose>()

/**
 * One listener for the whole program: without it Chromium presents the first certificate it finds to whoever asks. A visit
 * registers for its own window; everybody else gets none.
 */
export function setupCertificateChoice(): void {
  app.on('select-client-certificate', (event, contents, _url, candidates, callback) => {
    event.preventDefault()
    // Since Electron 44 what is asked without a page comes here as well.
    const chosen = contents ? choosers.get(contents.id)?.(candidates) : undefined
    // Calling back with a certificate that is not in the list would hang the request for ever.
    if (chosen === undefined) callback()
    else callback(chosen)
  })
}

export function chooseFor(contents: WebContents, choose: Choose): () => void {
  const { id } = contents
  choosers.set(id, choose)
  return () => void choosers.delete(id)
}
