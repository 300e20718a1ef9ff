import type { Scene } from '../scene.ts'

/** The supervisor of the attempt that is hit never had more than so many megabytes. */
export const memoryWithin =
  (megabytes: number) =>
  ({ processes, target }: Scene): string[] => {
    const supervisors = processes.of(target()?.id ?? '', 'supervisor')
    const peak = Math.round(Math.max(...supervisors.map(({ peakMb }) => peakMb)))
    return peak > 0 && peak <= megabytes ? [] : [`its supervisor had ${peak} MB of ${megabytes}`]
  }
