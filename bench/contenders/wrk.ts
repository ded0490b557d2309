/** wrk, in C, with one body: what the server takes. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bodyOf } from '../bodies.ts'
import type { Contender } from '../contender.ts'
import { inFolder, isInstalled, started } from './program.ts'

export const wrk: Contender = {
  name: 'wrk, one body',
  missing: async () =>
    (await isInstalled('wrk', '-v')) ? null : 'it is not installed (apt install wrk)',
  run: ({ server: { port }, seconds, over }) =>
    inFolder(async (folder) => {
      const script = join(folder, 'post.lua')
      writeFileSync(
        script,
        `wrk.method = "POST"\nwrk.body = "${bodyOf('a'.repeat(420))}"\n` +
          'wrk.headers["content-type"] = "application/x-www-form-urlencoded"\n',
      )
      const whole = String(Math.ceil(seconds))
      await started(
        'wrk',
        ['-t1', '-c50', `-d${whole}s`, '-s', script, `http://127.0.0.1:${port}/token`],
        { over },
      )
    }),
}
