/** What the cases of a check send, decoded, by the example of the embedded target. */
import { isObject } from '../harness/json.ts'
import type { Check } from '../harness/model/check.ts'
import type { Json, Step } from '../harness/model/plan.ts'
import { planChecks } from '../harness/plan/checks/checks.ts'
import { seeded } from '../harness/random.ts'
import type { Sent } from '../reports/check-text.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { namedTarget } from '../targets/index.ts'

/** By the name of a case. */
export async function sentBy(check: Check): Promise<(name: string) => readonly Sent[]> {
  const { facts } = await namedTarget('embedded', seeded('explain'))
  const { experiment } = planChecks([check], [PROFILES[0]], facts, seeded('explain'))
  const first = experiment.start()
  const steps = 'ask' in first ? [...first.ask] : []
  return (name) =>
    steps
      .filter(({ caseId }) => caseId.startsWith(`${check.id}:`) && caseId.endsWith(`:${name}`))
      .flatMap(sentIn)
}

function sentIn({ name, parts }: Step): readonly Sent[] {
  return Object.entries(parts).flatMap(([part, source]) =>
    source.kind === 'minted'
      ? [
          {
            step: name.slice(name.indexOf('/r0/') + 4),
            part,
            header: JSON.stringify(source.header),
            claims: JSON.stringify(readable(source.claims)),
          },
        ]
      : [],
  )
}

/** What only the moment of sending knows, in words. */
function readable(value: Json): Json {
  if (Array.isArray(value)) return value.map((each: Json) => readable(each))
  if (!isObject(value)) return value
  const { $now: now, $jti: jti } = value
  if (typeof now === 'number') return now < 0 ? `now - ${-now}` : `now + ${now}`
  if (typeof jti === 'string') return `${jti}…`
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, readable(each)]))
}
