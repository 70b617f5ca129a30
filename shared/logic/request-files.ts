/** Whether a file's text says that it is a request (CSR) and nothing else; without a PEM block its name has to say so. */
export function isRequestText(name: string, text: string): boolean {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/gu)].map(([, label]) => label ?? '')
  if (labels.length === 0) return /\.(csr|p10|req)$/iu.test(name)
  return labels.every((label) => label === 'CERTIFICATE REQUEST' || label === 'NEW CERTIFICATE REQUEST')
}

/** A list (CSV) of the names that go with requests. */
export const isListName = (name: string): boolean => /\.csv$/iu.test(name)
