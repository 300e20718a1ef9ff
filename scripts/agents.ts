import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'

// Installs the agents' CLIs, in the versions that the adapters are measured on, into a cache outside
// of the repository; then runs the suite that works with them.
const VERSIONS = {
  '@anthropic-ai/claude-code': '2.1.328',
  '@openai/codex': '0.169.0',
  'opencode-ai': '1.18.33',
  '@github/copilot': '1.0.102',
}

const cache = join(homedir(), '.cache/vigil/agents')
const wanted = Object.entries(VERSIONS).filter(([name, version]) => installed(name) !== version)
if (wanted.length > 0) {
  process.stderr.write(`installing ${wanted.map(([name]) => name).join(', ')} into ${cache}\n`)
  mkdirSync(cache, { recursive: true })
  if (!existsSync(join(cache, 'package.json')))
    writeFileSync(join(cache, 'package.json'), '{"private":true}')
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`)
  await execa('npm', ['install', '--no-audit', '--no-fund', ...packages], {
    cwd: cache,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
const config = 'vitest.agents.config.ts'
const { exitCode } = await execa('vitest', ['run', '--config', config, ...process.argv.slice(2)], {
  env: { VIGIL_AGENTS: cache },
  stdio: ['ignore', 'inherit', 'inherit'],
  preferLocal: true,
  reject: false,
})
process.exit(exitCode ?? 1)

function installed(name: string): string | undefined {
  try {
    const text = readFileSync(join(cache, 'node_modules', name, 'package.json'), 'utf8')
    return JSON.parse(text).version
  } catch {
    return undefined
  }
}
