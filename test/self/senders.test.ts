/** Whoever sends, the history is the same: every step once, with the same answers, and the same verdict. */
import { expect, test } from 'vitest'
import { readHistory } from '../../harness/history/reader.ts'
import type { Observation } from '../../harness/model/history.ts'
import { ask } from './ask.ts'

test(
  'with threads that send every step is asked and answered as without',
  { timeout: 60_000 },
  async () => {
    const [here, elsewhere] = [await asked(0), await asked(2)]
    expect(elsewhere.answers).toEqual(here.answers)
    expect([here.verdict, elsewhere.verdict]).toEqual(['conforms', 'conforms'])
  },
)

async function asked(senders: number) {
  const scenarios = ['baseline']
  const { record, folder } = await ask({ scenarios, senders })
  const answers: string[] = []
  for await (const event of readHistory(`${folder}/history.ndjson.gz`))
    if (event.kind === 'observed') answers.push(told(event))
  return { verdict: record.verdict, answers: answers.toSorted() }
}

/** What was asked and what came. */
function told({ step, endpoint, principal, answer }: Observation): string {
  const came = answer.kind === 'reply' ? `${answer.status} ${answer.code}` : answer.cause
  return `${step} of ${principal} at ${endpoint}: ${came}`
}
