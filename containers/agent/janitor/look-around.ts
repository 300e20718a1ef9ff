import { openRepository, type Repository } from './repository.ts'
import { type Survey, survey } from './survey.ts'
import type { Turn } from './turn.ts'

/** Surveys the turn's checkout, heard as one tool call that says how far it is. */
export async function lookAround(turn: Turn): Promise<{ repository: Repository; found: Survey }> {
  return turn.act('scan', 'links in Markdown', async (id) => {
    const repository = await openRepository(turn.root)
    let seen = 0
    const found = await survey(repository, (file) => {
      seen += 1
      if (seen % FILES_PER_EVENT === 0) {
        turn.emit({ type: 'tool_output', id, text: `${seen} files, the last is ${file}` })
      }
    })
    return { repository, found }
  })
}

const FILES_PER_EVENT = 100
