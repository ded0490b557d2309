/** The version of this package, as its package.json states it. */
import { readFileSync } from 'node:fs'

export const VERSION: string = versionOf(new URL('../package.json', import.meta.url))

/** In the sources package.json lies one folder up; in `dist/` it lies two. */
function versionOf(url: URL): string {
  const text = read(url) ?? read(new URL('../../package.json', import.meta.url)) ?? '{}'
  const { version } = JSON.parse(text) as { readonly version?: unknown }
  return typeof version === 'string' ? version : 'unknown'
}

function read(url: URL): string | null {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return null
  }
}
