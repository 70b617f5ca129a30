import { spawn } from 'node:child_process'

/**
 * Runs a command line just as a walkthrough prints it and types `answers` at its prompts, a line each. In a session of its
 * own it has no terminal, so openssl asks for passwords on the standard input, too. What it prints is returned.
 */
export function runPrinted(folder: string, command: string, answers: string[] = []): Promise<string> {
  // The walkthrough has the spelling of macOS.
  const line = process.platform === 'darwin' ? command : command.replace('base64 -D', 'base64 -d')
  const child = spawn('sh', ['-c', line], { cwd: folder, detached: true, stdio: 'pipe', timeout: 120_000 })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  // Whoever asks nothing may be gone before the answers come.
  child.stdin.on('error', () => undefined)
  child.stdin.end(answers.map((answer) => `${answer}\n`).join(''))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(String(Buffer.concat(out)))
      else reject(new Error(`${line}: ${Buffer.concat(err)}`))
    })
  })
}
