/** A target file may narrow a profile, and is held to what it says; it may not relax one. */
import { expect, test } from 'vitest'
import type { Policy } from '../../harness/model/policy.ts'
import type { Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { embedded } from '../../targets/embedded.ts'
import { ask } from './ask.ts'

test('what a target narrows by its own word convicts it where it does not keep it', async () => {
  const suites = ['rfc7515/2/b64-trailing-bits']
  const silent = await ask({ target: withPolicy({}), suites })
  expect(silent.record.checks.map(({ verdict }) => verdict)).toEqual([
    'informational',
    'informational',
  ])
  const strict = await ask({ target: withPolicy({ 'b64.trailingBits': 'reject' }), suites })
  expect(strict.record.verdict).toBe('violates')
  expect(strict.record.findings.map(({ id }) => id)).toEqual(['form/lenient-encoding-accepted'])
})

test('a file that relaxes its profile is bad configuration, and nothing is asked', async () => {
  const target = withPolicy({ 'aud.ca.values': 'agreed' })
  await expect(ask({ target, suites: ['rfc7523/3/aud-foreign'] })).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringMatching(/aud.ca.values.*rfc7523bis/),
  })
})

function withPolicy(policy: Partial<Policy>): Target {
  const target = embedded(seeded('7').stream('target'), { inProcess: true })
  return { ...target, facts: { ...target.facts, policy } }
}
