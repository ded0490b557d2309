/** Target files that would harm whoever reads them, or betray a secret. */
import { describe, expect, test } from 'vitest'
import { fileWith, problemsOf } from './target-files.ts'

describe('what is dangerous is refused:', () => {
  test('a private key in the file, without repeating it', () => {
    const inline = fileWith({
      6: '  - { id: a, for: [honest], key: { kty: EC, crv: P-256, d: c2VjcmV0 } }',
    })
    const pem = fileWith({
      6: '  - { id: a, for: [honest], key: "-----BEGIN PRIVATE KEY-----\\nc2VjcmV0" }',
    })
    const problem =
      'mine.yaml:6:34 clients[0].key: expected the name of a file that holds the key (file: …), found a key'
    expect(problemsOf(inline)).toEqual([problem])
    expect(problemsOf(pem)).toEqual([problem])
  })

  test('a file larger than any person writes', () => {
    expect(problemsOf('#'.repeat(300_000))).toEqual([
      'mine.yaml:1:1 expected at most 262144 characters, found 300000',
    ])
  })

  test('nesting that would exhaust the parser', () => {
    expect(problemsOf('['.repeat(20_000))[0]).toMatch(/expected at most 50 levels, found more$/u)
    expect(problemsOf('['.repeat(200) + ']'.repeat(200))).toEqual([
      'mine.yaml:1:51 expected at most 50 levels, found more',
    ])
  })

  test('aliases that multiply, and an alias of itself', () => {
    const bomb = ['a0: &a0 [x, x, x]']
    for (let depth = 1; depth < 60; depth++) {
      bomb.push(`a${depth}: &a${depth} [*a${depth - 1}, *a${depth - 1}, *a${depth - 1}]`)
    }
    expect(problemsOf(bomb.join('\n'))[0]).toMatch(/expected at most 100 aliases, found more$/u)
    expect(problemsOf(bomb.slice(0, 30).join('\n'))).toEqual([
      'mine.yaml:1:1 expected aliases that do not multiply, found too many',
    ])
    expect(problemsOf('a: &x [*x]')).toEqual([
      'mine.yaml:1:8 expected an alias of something finished, found one of itself',
    ])
  })

  test('a variable’s value is never shown, only its name', () => {
    const problems = problemsOf(fileWith({ 4: 'endpoints: { token: "${SECRET}" }' }), {
      SECRET: 'hunter2',
    })
    expect(problems).toEqual([
      'mine.yaml:4:21 endpoints.token: expected an http or https URL, found "${SECRET}"',
    ])
  })
})
