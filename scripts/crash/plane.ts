import { openPlane } from '#infra/local/plane.ts'

/** A plane on the folder of the first argument that dies at the journal write of the second. */
const [home = '', dieAt = '0'] = process.argv.slice(2)
let writes = 0
const plane = await openPlane({
  home,
  onWrite: (n) => {
    writes = n
    if (n === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
  },
})
process.stdout.write(`${JSON.stringify({ url: plane.url, token: plane.token })}\n`)
process.once('SIGTERM', async () => {
  await plane.close()
  process.stdout.write(`${JSON.stringify({ writes })}\n`)
  process.exit(0)
})
