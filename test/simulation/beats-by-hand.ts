import type { Beats } from '#containers/agent/beats.ts'

/**
 * Starts beats without their timer: what they would do at each of its ticks is answered, to be done at
 * moments of a plane's clock.
 */
export const beatsByHand = (begin: () => Beats): [Beats, () => void] => {
  const real = globalThis.setInterval
  let look = () => {}
  globalThis.setInterval = ((run: () => void) => {
    look = run
    return 0
  }) as unknown as typeof real
  try {
    return [begin(), look]
  } finally {
    globalThis.setInterval = real
  }
}
