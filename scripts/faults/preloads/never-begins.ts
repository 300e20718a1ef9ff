// The first supervisor of a run never comes to its first line.
import { isFirst } from './is-first.ts'

if (isFirst()) await new Promise((resolve) => setTimeout(resolve, 600_000))
