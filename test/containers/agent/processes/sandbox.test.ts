import { expect, test } from 'vitest'
import { inSandbox, installations } from '#containers/agent/processes/sandbox.ts'

test('what is hidden is hidden before what is shown again, and the program comes last', () => {
  const argv = inSandbox({ hidden: ['/home'], readable: ['/home/me/node'], writable: ['/w'] })([
    'git',
    'status',
  ])
  const line = argv.join(' ')
  expect(argv[0]).toBe('bwrap')
  expect(line).toMatch(
    /--ro-bind \/ \/ .*--tmpfs \/home --ro-bind-try \/home\/me\/node .*--bind \/w \/w/,
  )
  expect(line).toMatch(/--cap-drop ALL/)
  expect(argv.slice(-3)).toEqual(['--', 'git', 'status'])
})

test.each<[string, string[]]>([
  ['/usr/bin:/bin', []],
  ['/home/me/.nvm/versions/node/v24/bin', ['/home/me/.nvm/versions/node/v24']],
  ['/home/me/app/node_modules/.bin', ['/home/me/app/node_modules']],
  ['/home/me/bin', ['/home/me/bin']],
  ['/root/bin', ['/root/bin']],
  ['/root/.cargo/bin', ['/root/.cargo/bin']],
  ['/root/.pyenv/shims', ['/root/.pyenv/shims']],
])('of the programs of %s are shown: %j', (path, shown) => {
  expect(installations(path, ['/home', '/root'])).toEqual(shown)
})
