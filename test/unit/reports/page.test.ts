/** What the page holds; test/e2e/report-page.test.ts opens it in a browser. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RecordedSeries, RunRecord } from '../../../harness/model/record.ts'
import { page } from '../../../reports/html/page.ts'
import { aRate, aRecord } from './records.ts'
import { SORRY } from './sorry.ts'

/** As long as a record can be: longer runs are told in longer steps. */
const STEPS = 4_096

function series(scenario: string, node: string | null): RecordedSeries {
  const numbers = (most: number): readonly number[] =>
    Array.from({ length: STEPS }, (_, index) => (index * 7_919) % (most + 1))
  return {
    scenario,
    node,
    startMs: 0,
    stepMs: 8_000,
    owedAccept: numbers(200),
    falseReject: numbers(3),
    owedReject: numbers(90),
    falseAccept: numbers(2),
    unavailable: numbers(4),
    undecided: numbers(1),
  }
}

/** Some twenty million observations, none of which went well. */
function longest(): RunRecord {
  const names = Array.from({ length: 20 }, (_, index) => `scenario-${index}`)
  const [check] = SORRY.checks
  return {
    ...SORRY,
    series: names.flatMap((name) =>
      [null, 'node-1', 'node-2', 'node-3'].map((node) => series(name, node)),
    ),
    rates: names.flatMap((scenario) =>
      Array.from({ length: 30 }, (_, index) =>
        aRate({ scenario, attack: `attack-${index}`, events: 3 }),
      ),
    ),
    checks: Array.from({ length: 1_500 }, (_, index) => ({
      ...(check ?? raise()),
      id: `rfc7523/${index % 40}/check-${index}`,
    })),
  }
}

function raise(): never {
  throw new RangeError('expected a check')
}

describe('the page', () => {
  test('of the longest record is small and quick', () => {
    page(aRecord())
    const record = longest()
    // Of the processor's time: others may want it, too.
    const began = process.cpuUsage()
    const text = page(record)
    const { user, system } = process.cpuUsage(began)
    const tookMs = (user + system) / 1000
    expect(Buffer.byteLength(text)).toBeLessThan(3 * 1024 * 1024)
    expect(tookMs).toBeLessThan(3_000)
  })

  test('lets nothing but its own style and script work', () => {
    const text = page(SORRY)
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(text) ?? []
    const hash = (of: string | undefined): string =>
      `'sha256-${createHash('sha256')
        .update(of ?? '')
        .digest('base64')}'`
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash(/<style>([^]*?)<\/style>/.exec(text)?.[1])}`,
      `script-src ${hash(/<script>([^]*?)<\/script>/.exec(text)?.[1])}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  test('tells of each finding how grave, what to do, its sources and how to see it again', () => {
    const text = page(SORRY)
    expect(text).toContain('Let one atomic operation of the store both look')
    expect(text).toContain('RFC 7523 §3 item 7 · CWE-294 · OWASP NHI4:2025')
    expect(text).toContain('cupel replay replay-race/copies/0')
    expect(text).toContain(
      'cupel run --target TARGET --profile rfc7523 --profile oidc-core --seed 7',
    )
  })

  test('says what a lowest rate can mean where nothing was seen', () => {
    const rates = [aRate({ trials: 3_000, upper95: 0.000999 }), aRate({ attack: 'expired' })]
    expect(page(aRecord({ rates }))).toContain(
      'none of 3,060; most is known of replay in replay-race: at most 0.0999 % at 95 %',
    )
  })

  test('names for a finding the command that sends what it is about, not a control', () => {
    const [finding] = SORRY.findings
    const [step] = finding?.witness ?? []
    if (finding === undefined || step === undefined) throw new RangeError('expected a witness')
    const controls = ['control/ca-7/before', 'property-sequences/control/presented-ca/r0/before']
    const witness = [...controls, 'rfc7523/3/x:ca:y'].map((caseId) => ({ ...step, caseId }))
    const text = page({ ...SORRY, findings: [{ ...finding, witness }] })
    expect(text).toContain('cupel replay rfc7523/3/x:ca:y')
    expect(text).not.toContain('cupel replay control/')
    expect(text).not.toContain('cupel replay property-sequences/control/')
  })

  test('folds sections of checks in which nothing failed to a line of signs', () => {
    const text = page(SORRY)
    const sections = text.match(/<details class="section" data-group( open)?>/g) ?? []
    expect(sections.filter((each) => each.includes('open'))).toHaveLength(1)
    expect(sections.length).toBeGreaterThan(1)
    expect(text).toMatch(/<i class="mark good" aria-hidden="true">✓<\/i>/)
  })

  test('holds a target to its own clock while a fault had taken it from it', () => {
    const skewed = { attack: null, metric: 'frr', scenario: 'clock-skew', phase: 'during' } as const
    const rates = [
      aRate({ ...skewed, events: 40, trials: 119, low: 0.2, high: 0.5 }),
      aRate({ ...skewed, frame: 'code', trials: 79, upper95: 0.037 }),
    ]
    const text = page(aRecord({ rates }))
    expect(text).toContain('<strong class="figure good">none</strong>')
    expect(text).toContain('Seen from outside while a fault was in force: 40 of 119')
  })

  test('draws the rates of a climb where a scenario is one', () => {
    const [scenario] = aRecord().scenarios
    const rung = (perSecond: number, ms: number) => ({
      perSecond,
      fromDueP50Ms: ms / 4,
      fromDueP99Ms: ms,
      wrong: null,
      rates: {
        far: { events: 0, trials: 40 },
        frr: { events: perSecond > 1_000 ? 3 : 0, trials: perSecond * 4 },
        unavailability: { events: 0, trials: perSecond * 4 },
      },
    })
    const conclusion = {
      says: 'right up to 800/s; the first false reject came at 1,200/s',
      rightUpTo: 800,
      stoppedAt: 1_200,
      rungs: [rung(400, 4), rung(800, 9), rung(1_200, 300)],
    }
    const latency = [
      { scenario: 'replay-race', from: 'due', hdr: '', p50Ms: 1, p99Ms: 2, maxMs: 3 } as const,
    ]
    const scenarios = [{ ...(scenario ?? raise()), conclusion }]
    const text = page(aRecord({ scenarios, latency }))
    expect(text).toContain('the first false reject came at 1,200/s')
    expect(text).toMatch(/<line class="knee" x1="[\d.]+"/)
    // False accepts, false rejects and unavailability against the rate, with what is drawn beside them.
    expect(text).toContain(
      '<td>1,200/s</td><td>0 of 40</td><td>3 of 4,800</td><td>0 of 4,800</td><td>75.0 ms</td><td>300 ms</td>',
    )
  })

  test('draws whom a node accepts by how wrong its clock is, and says it in words', () => {
    const text = page(SORRY)
    expect(text).toContain('<h2 id="clocks-title">Clocks</h2>')
    expect(text).toContain(
      'by how wrong its clock was. Accepted 0 of 20 at −90 s, 24 of 24 at 0 s, 5 of 20 at +90 s"',
    )
    // In the box from 64 to 748 and 206 to 26: with room for a dot, a quarter up at the right.
    expect(text).toContain('<circle class="seen" cx="722.7" cy="161"')
    expect(text).toContain('<td>+90 s</td><td>5</td><td>15</td><td>25.0 %</td>')
  })

  test('tells the leeway of each node as far as it is known', () => {
    const text = page(SORRY)
    expect(text).toContain(
      'The target declares that it grants 0 s at least and refuses beyond 60 s.',
    )
    for (const [node, after, before] of [
      ['node-1', 'accepted up to 5 s, refused from 15.1 s on', 'none seen; refused from 89 s on'],
      ['node-2', 'accepted up to 8.6 s; never seen refused', 'not seen'],
      ['node-3', 'accepted up to 40 s and refused from 9.2 s on: more than one leeway', 'not seen'],
    ])
      expect(text).toContain(`<td>${node}</td><td>${after}</td><td>${before}</td>`)
  })

  test('has no labels below that axis which run into each other', () => {
    const [scenario] = SORRY.scenarios
    const derived = (scenario?.derived ?? []).map((each) => ({ ...each, high: 86_400 }))
    const text = page(aRecord({ scenarios: [{ ...(scenario ?? raise()), derived }] }))
    const chart = text.slice(text.indexOf('its time'), text.indexOf('this long before'))
    const labels = [...chart.matchAll(/x="([\d.]+)"[^>]*>(\d+(?: \w+)?)</g)].map(([, at]) =>
      Number(at),
    )
    const sorted = labels.toSorted((a, b) => a - b)
    expect(labels.length).toBeGreaterThan(8)
    expect(sorted.every((at, index) => at - (sorted[index - 1] ?? -Infinity) >= 39.9)).toBe(true)
  })

  test('has no word of clocks where nothing was derived, and no curve of a single point', () => {
    expect(page(aRecord())).not.toContain('id="clocks"')
    const [scenario] = SORRY.scenarios
    const derived = (scenario?.derived ?? []).map(({ points = [], ...each }) => ({
      ...each,
      points: points.slice(0, 1),
    }))
    const text = page(aRecord({ scenarios: [{ ...(scenario ?? raise()), derived }] }))
    expect(text).toContain('The leeway of each node')
    expect(text).not.toContain('by how wrong its clock was')
  })
})
