import { examine } from '#cli/doctor/examine.ts'
import { dataFolder } from '#cli/home.ts'
import { openOutput } from '#cli/output.ts'

/**
 * `vigil doctor`: finds what is wrong with this machine, the data folder and the plane on it, and says
 * what to do. Starts no plane and mends nothing. Exit code 1 when a check fails.
 */
export const doctor = async ({ json = false }: { json?: boolean }): Promise<number> => {
  const home = dataFolder()
  const checks = await examine(home)
  const healthy = checks.every(({ verdict }) => verdict !== 'fail')
  const lines = checks.map(({ check, verdict, says, remedy }) =>
    [`${verdict.padEnd(5)}${check}: ${says}`, ...(remedy ? [remedy] : [])].join(' → '),
  )
  openOutput(json).answer({ home, healthy, checks }, lines.join('\n'))
  return healthy ? 0 : 1
}
