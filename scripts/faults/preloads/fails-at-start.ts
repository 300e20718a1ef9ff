// The first supervisor of a run ends before its first line.
import { isFirst } from './is-first.ts'

if (isFirst()) process.exit(1)
