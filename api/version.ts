/** The version of this package, as its package.json states it, and where its schemas lie. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isObject } from '../harness/json.ts'

export const VERSION: string = versionOf(new URL('../package.json', import.meta.url))

/** The folder of the JSON Schemas that are published. */
export const SCHEMAS: string = fileURLToPath(schemasAt('../schema'))

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

function schemasAt(path: string): URL {
  const url = new URL(path, import.meta.url)
  return existsSync(url) ? url : new URL(`../${path}`, import.meta.url)
}
