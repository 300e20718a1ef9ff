import type { Check } from '#core/contracts/plan.ts'
import type { CommandResult, ProvenCheck } from '#core/contracts/proof.ts'

/** Whether a check proves the work: red then green, or green both times, its own files untouched (E12). */
export const judgeCheck = (
  check: Check,
  base: CommandResult,
  head: CommandResult,
  headWithBaseFiles: CommandResult | undefined,
): ProvenCheck['verdict'] => {
  if (check.expect === 'red_to_green' && passed(base)) return 'not_red_at_base'
  if (check.expect === 'stays_green' && !passed(base)) return 'red_before'
  if (!passed(head)) return 'not_green_at_head'
  if (headWithBaseFiles && !passed(headWithBaseFiles)) return 'check_edited'
  return 'proved'
}

const passed = ({ exit, timedOut }: CommandResult): boolean => exit === 0 && !timedOut
