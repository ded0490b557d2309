/** Situations that show flaws of a replay memory and ship as no scenario: they take long, or parties with odd names. */
import type { Scenario } from '../../../harness/model/scenario.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import type { ScriptedCredential, Traffic } from '../../../targets/simulated/world.ts'
import { streamOf } from './setting.ts'
import { SECOND_US } from './parts.ts'

export interface Situation {
  readonly name: string
  readonly traffic: readonly Traffic[]
  readonly faults: Scenario['faults']
}

/** Good for five minutes and sent again after one, amid others that are sent again at once. */
const AFTER_A_MINUTE: Situation = {
  name: 'after-a-minute',
  traffic: [again('at-once', 0), again('after-a-minute', 61)],
  faults: [],
}

function again(name: string, gapSeconds: number): Traffic {
  const arrivals = { kind: 'even', perSecond: 2, startSeconds: 0, endSeconds: 10 } as const
  return {
    kind: 'stream',
    stream: streamOf({
      name,
      attack: 'replay',
      arrivals,
      copies: 2,
      gapSeconds,
      lifetimeSeconds: 300,
    }),
  }
}

/** Accepted as it was signed, and sent again as other bytes that verify as well. */
const IN_OTHER_BYTES: Situation = {
  name: 'in-other-bytes',
  traffic: [
    {
      kind: 'script',
      stream: streamOf({ name: 'other-bytes', attack: 'replay', copies: 2 }),
      credentials: Array.from({ length: 10 }, (_, index) =>
        scripted('honest', index, [0.5, 1.5], { says: 'other-bytes' }),
      ),
    },
  ],
  faults: [],
}

/** A party whose name is the beginning of another's, and identifiers that make up the difference. */
export const NAMESAKES: Pick<TargetFacts, 'principals'>['principals'] = ['client', 'client1'].map(
  (name) => ({
    name,
    usage: 'client-authentication',
    id: name,
    subject: name,
    roles: ['spare'],
    keys: [{ name, algorithm: 'ES256', kid: name }],
  }),
)

const RUN_TOGETHER: Situation = {
  name: 'run-together',
  traffic: [
    {
      kind: 'script',
      stream: streamOf({ name: 'in-between' }),
      credentials: Array.from({ length: 10 }, (_, index) => scripted('client1', index, [0.6])),
    },
    {
      kind: 'script',
      stream: streamOf({ name: 'shorter' }),
      credentials: [{ ...scripted('client', 2, [0.7]), stem: '1X-' }],
    },
    {
      kind: 'script',
      stream: streamOf({ name: 'longer' }),
      credentials: [{ ...scripted('client1', 3, [0.1]), stem: 'X-' }],
    },
  ],
  faults: [],
}

export const SITUATIONS: readonly Situation[] = [AFTER_A_MINUTE, IN_OTHER_BYTES, RUN_TOGETHER]

/** Minted in second `index`, and sent so many seconds later; copies after the first may say something else. */
function scripted(
  by: string,
  index: number,
  sent: readonly number[],
  later: { readonly says: 'genuine' | 'other-bytes' } = { says: 'genuine' },
): ScriptedCredential {
  const iatUs = (1 + index) * SECOND_US
  return {
    by,
    iatUs,
    expUs: iatUs + 60 * SECOND_US,
    nbfUs: null,
    beside: null,
    copies: sent.map((seconds, copy) => ({
      atUs: iatUs + seconds * SECOND_US,
      node: 0,
      named: true,
      says: copy === 0 ? 'genuine' : later.says,
      dice: 100 * index + copy,
    })),
  }
}
