import { enableCompileCache } from 'node:module'
import { COMPILE_CACHE } from '#infra/local/compile-cache.ts'

// Before anything else is loaded: halves the time until a command is ready.
enableCompileCache(COMPILE_CACHE)
await import('./program.ts')
