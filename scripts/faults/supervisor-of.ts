import type { Scene } from './scene.ts'

/** The process that works on the attempt that is hit; before the claim, the oldest that may. */
export const supervisorOf = ({ target, processes }: Scene): number => {
  const attempt = target()
  const alive = processes
    .of(attempt?.id ?? '', 'supervisor')
    .filter(({ goneAt }) => goneAt === undefined)
  const pid = attempt?.claim?.pid ?? alive[0]?.pid
  if (pid === undefined) throw new Error('no supervisor is alive')
  return pid
}

/** Sends the supervisor a signal: that is the fault. */
export const signalSupervisor = (scene: Scene, signal: 'SIGKILL' | 'SIGSTOP'): void => {
  process.kill(supervisorOf(scene), signal)
  scene.faultAt = Date.now()
}
