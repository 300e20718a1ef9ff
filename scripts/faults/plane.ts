import { openPlane } from '#infra/local/plane.ts'
import { deliverBy } from './deliveries.ts'

/**
 * A plane on the folder of the first argument, with the deliveries of the second. It is told over IPC
 * how far its clock is ahead.
 */
const [home = '', deliveries = '[]'] = process.argv.slice(2)
const say = (message: unknown) => process.send?.(message)
const machineTime = Date.now
let aheadMs = 0
Date.now = () => machineTime() + aheadMs

const plane = await openPlane({
  home,
  around: deliverBy(JSON.parse(deliveries), (differs) => say({ differs })),
})
process.on('message', (message) => {
  aheadMs = Number(Object(message).aheadMs)
  say({ aheadMs })
})
process.once('SIGTERM', async () => {
  await plane.close()
  process.exit(0)
})
say({ url: plane.url, token: plane.token })
