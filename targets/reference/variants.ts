/** References that are right in another way: what differs from product to product and is nobody's fault. */
import type { Declarations, Support } from '../../harness/model/policy.ts'
import { refusedAtTokenWith401, tooManyRequests } from './answers.ts'
import { known } from './asking.ts'
import type { Behaviour } from './behaviour.ts'
import { refuse } from './decide.ts'
import { spendFirst, type Spend } from './spending.ts'

export interface Variant {
  readonly name: string
  readonly title: string
  /** What it declares otherwise than the reference. */
  readonly declares: Partial<Pick<Declarations, 'leewaySeconds' | 'maxLifetimeSeconds'>>
  /** The profile it is made for, where that is not the default. */
  readonly profile?: string
  /** What it takes beyond what the reference does. */
  readonly supports?: readonly Support[]
  /** Whether it lives in how bytes are read, of which a simulated node has none. */
  readonly onlyLive?: true
  apply(faultless: Behaviour): Behaviour
}

/** A limit that some databases set to what they index. */
const LONGEST_JTI = 128

const STRICT_LIFETIME_SECONDS = 120

/** Of each node: how many requests may come at once, and how many a second after that. */
const BURST = 40
const PER_SECOND = 60

/** FAPI 2.0 Security Profile §5.4.1. */
const FAPI2: ReadonlySet<string> = new Set(['PS256', 'ES256', 'EdDSA'])

export const VARIANTS: readonly Variant[] = [
  {
    name: 'reserve-and-release',
    title: 'Takes the identifier first and gives it back when a later check refuses',
    declares: {},
    apply: (faultless) => ({ ...faultless, spend: spendFirst('released') }),
  },
  {
    name: 'burns-on-refusal',
    title: 'A refused assertion that its issuer did sign has spent its identifier',
    declares: {},
    apply: (faultless) => ({ ...faultless, spend: spendFirst('spent') }),
  },
  {
    name: 'strict',
    title: 'No leeway, two minutes at most, short identifiers, and 401 with a challenge',
    declares: {
      leewaySeconds: { grant: 0, refuse: 0 },
      maxLifetimeSeconds: STRICT_LIFETIME_SECONDS,
    },
    apply: (faultless) => ({
      ...faultless,
      rules: (rules, usage) => ({
        ...faultless.rules(rules, usage),
        leewaySeconds: 0,
        maxLifetimeSeconds: usage === 'bearer-token' ? null : STRICT_LIFETIME_SECONDS,
      }),
      spend: withShortIdentifiers(faultless.spend),
      refusal: (code, description) =>
        code === 'invalid_client'
          ? refusedAtTokenWith401(code, description)
          : faultless.refusal(code, description),
    }),
  },
  {
    name: 'id-jag',
    title: 'Takes grants that are identity assertions for one client and one server, and no others',
    declares: {},
    profile: 'id-jag',
    supports: ['id-jag'],
    onlyLive: true,
    apply: (faultless) => ({
      ...faultless,
      quirks: new Set(['identity-assertions']),
      // ID-JAG §4.4.3: as often as its client likes, until it ends.
      rules(rules, usage) {
        const adapted = faultless.rules(rules, usage)
        return usage === 'authorization-grant' ? { ...adapted, singleUse: false } : adapted
      },
    }),
  },
  {
    name: 'throttled',
    title: 'Answers bursts with 429 and Retry-After, whatever they ask',
    declares: {},
    apply: (faultless) => ({ ...faultless, turnsAway: bucket(BURST, PER_SECOND) }),
  },
  {
    name: 'fapi2',
    title: 'Takes an audience as one text alone, as FAPI 2.0 has it',
    declares: {},
    profile: 'fapi2',
    apply: (faultless) => ({
      ...faultless,
      rules(rules, usage) {
        const adapted = faultless.rules(rules, usage)
        return usage === 'client-authentication' ? { ...adapted, shape: 'text' } : adapted
      },
      decide(assertion, party, rules, nowSeconds) {
        const { usage } = assertion
        const allowed =
          party === null || usage !== 'client-authentication'
            ? party
            : { ...party, algorithms: party.algorithms.filter((each) => FAPI2.has(each)) }
        return faultless.decide(assertion, allowed, rules, nowSeconds)
      },
    }),
  },
]

function withShortIdentifiers(spend: Spend): Spend {
  return (assertion, decision, memory) => {
    const tooLong = decision.kind === 'take' && (assertion.jti?.length ?? 0) > LONGEST_JTI
    return tooLong
      ? known(refuse(assertion.usage, `jti has more than ${LONGEST_JTI} characters`))
      : spend(assertion, decision, memory)
  }
}

/** A bucket that holds so many requests and fills up at so many a second. */
function bucket(most: number, perSecond: number): Behaviour['turnsAway'] {
  let left = most
  let filledMs: number | null = null
  return (nowMs) => {
    const passedMs = Math.max(0, nowMs - (filledMs ?? nowMs))
    filledMs = nowMs
    left = Math.min(most, left + (passedMs * perSecond) / 1000)
    if (left < 1) return tooManyRequests()
    left -= 1
    return null
  }
}
