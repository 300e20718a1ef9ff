/** Puts what is run on an agent's behalf under another uid, where there is one. */
export type AsAgent = (argv: readonly [string, ...string[]]) => readonly [string, ...string[]]

/**
 * With a uid: no capabilities, no new privileges, no groups but its own. Without: as this process,
 * which is a guard and no wall (E10).
 */
export const asAgent = (uid: number | undefined): AsAgent =>
  uid === undefined
    ? (argv) => argv
    : (argv) => [
        'setpriv',
        `--reuid=${uid}`,
        `--regid=${uid}`,
        '--clear-groups',
        '--no-new-privs',
        '--inh-caps=-all',
        '--bounding-set=-all',
        '--',
        ...argv,
      ]
