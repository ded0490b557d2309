/** How many files a process may have open: each connection is one. */
import { readFileSync } from 'node:fs'

/** Linux tells a process its limits here, the soft one first: `Max open files  1024  524288  files` (proc(5)). */
const LIMITS = '/proc/self/limits'

/** Null where the system does not say. */
export function openFilesAllowed(): number | null {
  try {
    const soft = /^Max open files\s+(\d+|unlimited)/mu.exec(readFileSync(LIMITS, 'utf8'))?.[1]
    if (soft === undefined) return null
    return soft === 'unlimited' ? Infinity : Number(soft)
  } catch {
    return null
  }
}
