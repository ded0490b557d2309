/** One history, several profiles: what one allows another forbids, and the record says both. */
import { describe, expect, test } from 'vitest'
import { judge } from '../../api/index.ts'
import { ask } from './ask.ts'

const SUITE = 'bis/4/aud-token-endpoint'
const TARGET = 'reference:token-endpoint-audience'

describe('a server that answers to its token endpoint’s URL', () => {
  test('conforms under rfc7523 and violates under rfc7523bis, from one run', async () => {
    const { record } = await ask({
      target: TARGET,
      suites: [SUITE],
      profiles: ['rfc7523', 'rfc7523bis'],
    })
    expect(record.profile).toBe('rfc7523')
    expect(record.verdict).toBe('conforms')
    expect(record.profiles.map(({ profile, verdict }) => [profile, verdict])).toEqual([
      ['rfc7523bis', 'violates'],
    ])
    expect(record.profiles[0]?.findings.map(({ id }) => id)).toEqual(['audience/endpoint-accepted'])
  })

  test('is judged the same from the file afterwards, under either profile', async () => {
    const { folder } = await ask({ target: TARGET, suites: [SUITE], profiles: ['rfc7523'] })
    const file = `${folder}/history.ndjson.gz`
    expect((await judge(file, [])).verdict).toBe('conforms')
    const other = await judge(file, ['rfc7523bis'])
    expect(other.verdict).toBe('violates')
    expect(other.findings[0]?.witness[0]?.got).toContain('200')
  })
})
