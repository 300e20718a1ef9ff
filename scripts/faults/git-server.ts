import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Serves the repositories of a folder by git's own protocol, once it does not hang. */
export const openGitServer = async (folder: string) => {
  let hangs = true
  let firstAt: number | undefined
  const server = createServer((socket) => {
    firstAt ??= Date.now()
    socket.on('error', () => undefined)
    if (hangs) return
    const args = ['daemon', '--inetd', '--export-all', `--base-path=${folder}`, folder]
    const child = spawn('git', args, { stdio: ['pipe', 'pipe', 'ignore'], env: process.env })
    child.stdin.on('error', () => undefined)
    socket.pipe(child.stdin)
    child.stdout.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `git://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/repo`,
    /** When it was first asked. */
    firstAt: () => firstAt,
    answer: () => {
      hangs = false
    },
    close: () => server.close(),
  }
}
