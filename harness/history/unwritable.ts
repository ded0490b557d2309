/** How it is told that the disk does not take what was seen. */
import { CupelError } from '../errors.ts'

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, or choose another folder with --out.',
  EDQUOT:
    'Your share of the disk is used up. Free some space, or choose another folder with --out.',
  EFBIG: 'No file may be that large here (ulimit -f). Raise the limit.',
  EEXIST: 'A history is never overwritten. Choose another folder with --out.',
  ENOENT: 'The folder does not exist.',
  EACCES: 'You may not write there. Choose another folder with --out.',
  EROFS: 'You may not write there. Choose another folder with --out.',
}

/** @param what Names the file, such as `the history out/x/history.ndjson.gz`. */
export function unwritable(what: string, cause: unknown): CupelError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
  return new CupelError('ERR_HISTORY_UNWRITABLE', `${what} cannot be written (${code})`, {
    hint: HINTS[code] ?? 'What was written before can still be judged.',
    cause,
  })
}
