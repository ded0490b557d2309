/** Finds what runs in another process or thread, from the sources as from the built package. */
import { extname } from 'node:path'

/**
 * The URL of a sibling module with the caller's own extension: `.ts` in the sources, `.js` in `dist/`, where tsc
 * rewrites imports but leaves other strings alone.
 *
 * @param meta The caller's `import.meta`.
 * @param sibling A relative path without an extension, such as `./mint-worker`.
 */
export function entry(meta: ImportMeta, sibling: string): URL {
  return new URL(`${sibling}${extname(meta.filename)}`, meta.url)
}
