/** The version of this package, as its package.json states it. */
import { readFileSync } from 'node:fs'
import { isObject } from '../harness/json.ts'

export const VERSION: string = versionOf(new URL('../package.json', import.meta.url))

/** In the sources package.json lies one folder up; in `dist/` it lies two. */
function versionOf(url: URL): string {
  const text = read(url) ?? read(new URL('../../package.json', import.meta.url)) ?? '{}'
  const stated: unknown = JSON.parse(text)
  const version = isObject(stated) ? stated['version'] : null
  return typeof version === 'string' ? version : 'unknown'
}

function read(url: URL): string | null {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return null
  }
}
