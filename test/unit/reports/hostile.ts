/** A record of which every text that may come from a target, its file or its operator is hostile. */
import type { RunRecord } from '../../../harness/model/record.ts'
import { SORRY } from './sorry.ts'

/** Markup, scripts, links, terminal escapes, runner commands, formulas, reading direction, halves of pairs. */
export const PAYLOADS: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; alert(1); '",
  '</style></script></title><svg onload=alert(1)>',
  ']]><!-- --!><?xml?>',
  '![x](https://evil.example/x.png) [click](javascript:alert(1)) @everyone www.evil.example',
  '| a | b |\n\n# heading\n<details>',
  '\u001b]0;owned\u0007\u001b[2J\u001b[31m',
  '\n::error::owned\n##[group]owned',
  '\u202egnp.exe\u2066\u200b\ufeff\u{e0041}',
  '=HYPERLINK("https://evil.example","x")',
  '+1-2@SUM(A1)',
  '\ud800 lone \udfff \uffff',
  '%3Cscript%3E&lt;&amp;#x3c;',
]

const FREE = new Set([
  'name',
  'on',
  'because',
  'question',
  'sent',
  'got',
  'node',
  'scenario',
  'attack',
  'seen',
  'expected',
  'case',
  'caseId',
  'step',
  'rung',
  'fault',
  'conforms',
  'violates',
  'interrupted',
  'seed',
  'runId',
])

/** `SORRY`, with every free text ending in a payload, one after the other; `pad` goes before it. */
export function hostile(pad = ''): RunRecord {
  let next = 0
  const payload = (): string => `${pad}${PAYLOADS[next++ % PAYLOADS.length] ?? ''}`
  const walked = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return FREE.has(key) ? `${value}${payload()}` : value
    if (Array.isArray(value)) return value.map((each: unknown) => walked(each, key))
    if (typeof value !== 'object' || value === null) return value
    // What a number is called that a scenario derived, it is called by us.
    const ours = 'of' in value && 'unit' in value ? 'name' : ''
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        name === ours ? each : walked(each, name),
      ]),
    )
  }
  const { tool, ...rest } = SORRY
  const record = walked(
    {
      ...rest,
      target: {
        ...rest.target,
        declares: { replay: PAYLOADS[0], [PAYLOADS[1] ?? '']: PAYLOADS.slice(2) },
      },
      notes: PAYLOADS,
      interrupted: 'stopped',
    },
    '',
  ) as Omit<RunRecord, 'tool'>
  return { ...record, tool }
}

/** Thousands of checks, findings and notes, each with an error of its own. */
export function thousands(many: number): RunRecord {
  const [check] = SORRY.checks
  const [finding] = SORRY.findings
  if (check === undefined || finding === undefined) throw new RangeError('expected a check')
  const numbers = Array.from({ length: many }, (_, index) => index)
  return {
    ...SORRY,
    checks: numbers.map((index) => ({
      ...check,
      id: `rfc7523/3/check-${index}`,
      caseId: `rfc7523/3/check-${index}:ca:x`,
      verdict: index % 2 === 0 ? 'fail' : 'non-strict',
      because: `error ${index}: ${PAYLOADS[index % PAYLOADS.length] ?? ''}`,
    })),
    findings: numbers.map((index) => ({ ...finding, id: `replay/unknown-${index}` })),
    notes: numbers.map((index) => `note ${index}`),
  }
}
