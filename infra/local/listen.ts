import { createServer, type RequestListener, type Server } from 'node:http'

/** A server on loopback: at the wanted port, or at any where that is taken and `strict` is off. */
export const listen = async (
  handler: RequestListener,
  wanted: number,
  strict: boolean,
): Promise<{ port: number; close: () => Promise<void> }> => {
  const server = createServer(handler)
  try {
    await bind(server, wanted)
  } catch (error) {
    if (strict || wanted === 0) throw error
    await bind(server, 0)
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : wanted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A port of loopback that is free now. */
export const freePort = async (): Promise<number> => {
  const { port, close } = await listen(() => undefined, 0, true)
  await close()
  return port
}

const bind = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
