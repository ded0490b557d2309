/** A target file of a server that listens somewhere, in a folder that goes when the test does. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export async function folderFor(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-doctor-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** @param more Lines of the file: clients, and whatever else there is to say. */
export async function ownTarget(origin: string, more: readonly string[]): Promise<string> {
  const file = join(await folderFor(), 'target.yaml')
  const lines = [
    'kind: token-endpoint',
    'name: mine',
    `issuer: ${origin}`,
    `endpoints: { token: '${origin}/token' }`,
    `audiences: { values: ['${origin}'] }`,
    ...more,
  ]
  await writeFile(file, lines.join('\n'))
  return file
}
