/** Walks docs/tour.md: runs each command and looks for each line that the page says it prints. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const page = await readFile('docs/tour.md', 'utf8')
const blocks = [...page.matchAll(/^```(sh|text)\n([\s\S]*?)^```/gm)].map(([, kind, body]) => ({
  kind,
  body: body?.trim() ?? '',
}))

test(
  'every line that the tour shows is printed by the command before it',
  { timeout: 240_000 },
  async () => {
    expect(blocks.filter(({ kind }) => kind === 'sh')).toHaveLength(6)
    let output = ''
    for (const { kind, body } of blocks) {
      if (kind === 'sh') output = unwrapped(await shell(body))
      else for (const line of body.split('\n')) expect(output).toMatch(pattern(line))
    }
  },
)

/** The page's line anywhere in the output, with `…` for anything within the line and any run of spaces alike. */
function pattern(line: string): RegExp {
  const parts = line.split('…').map((part) =>
    part
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
  )
  return new RegExp(parts.join('.*?'), 's')
}

/** Sentences that the terminal's width broke are one line on the page. */
function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

function shell(command: string): Promise<string> {
  const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((met) => {
    child.on('close', () => met(output))
  })
}
