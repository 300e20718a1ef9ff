/** Whether this process is the supervisor of the first attempt at a run's first turn. */
export const isFirst = (): boolean => /-t1-a1$/.test(process.env.VIGIL_ATTEMPT ?? '')
