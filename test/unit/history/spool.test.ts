import { describe, expect, test } from 'vitest'
import { openSpool } from '../../../harness/history/spool.ts'

/** A device that is always full; Linux has it. */
const FULL = '/dev/full'

describe('a full disk', () => {
  test.runIf(process.platform === 'linux')(
    'is told as such, at the flush and ever after',
    async () => {
      const spool = openSpool(FULL, 'w')
      spool.put('{}\n')
      const failure = expect.objectContaining({
        code: 'ERR_HISTORY_UNWRITABLE',
        message: expect.stringContaining('ENOSPC'),
        hint: expect.stringContaining('--out'),
      })
      await expect(spool.flush()).rejects.toEqual(failure)
      expect(() => spool.check()).toThrow('ENOSPC')
      await expect(spool.close()).rejects.toEqual(failure)
    },
  )
})
