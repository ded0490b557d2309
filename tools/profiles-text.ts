/** docs/profiles.md: what the profiles settle, from the profiles themselves. */
import type { Parameter, Policy, Profile } from '../harness/model/policy.ts'
import { PARAMETERS } from '../suites/parameters.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { rfc7523 } from '../suites/profiles/rfc7523.ts'

const BEGINNING = `# Profiles

The documents leave choices open; a profile settles them. \`cupel list profiles\` names the profiles,
\`--profile NAME\` chooses, and with several the run is planned for all and judged under each: the
summary then has a table of what would become wrong, or right, for a server that moved from the first
to another.

A target's declarations (\`declares:\` in its file) and parameters of its own (\`policy:\`) may narrow
what a profile leaves open; they never relax what it requires.

`

const MEANING = `
\`agreed\` is what the target file lists under \`audiences:\`, and for \`alg.allow\` whatever a key is
registered for; of those RFC 7523 obliges everybody to know RS256. Where a document names no number,
acceptance is owed up to the edge and rejection only ten minutes past it: "a few minutes" is what RFC
7519 calls usual, and nothing between is held against anybody. \`open\` settles nothing: either way is
right, and which way it went is told.

\`may\` reports how often replays were accepted and convicts nobody. A target that says
\`replay: single-use\` is held to its own word under every profile. Under a profile that words single
use, a target file that says neither is refused, because the answer would be a guess.

## The profiles

A profile is listed with what it settles otherwise than \`rfc7523\`.

`

const SAME = `
## What no profile settles

Some things that documents leave open, or word differently, are the same here under every profile.

- A server that is asked in two ways at once may say \`invalid_client\` (RFC 7521 §4.2.1) or
  \`invalid_request\` (RFC 6749 §5.2). A token that is not good for exchanging may be refused with
  \`invalid_request\` (RFC 8693 §2.2.2) or \`invalid_grant\`, which many say. Where documents name two codes no profile
  can name one; either is a refusal, and the answer stands in the history.
- RSA keys have 2,048 bits or more (RFC 7518 §3.3), under FAPI too. FAPI 1.0 wants 160 bits of a key on a curve and
  FAPI 2.0 wants 224: no curve that an algorithm of RFC 7518 or RFC 8037 names has fewer than 255, so that
  there is nothing to ask.
- A \`kid\` is a hint (RFC 7515 §4.1.4). OpenID Connect Core §10.1 wants one of whoever has several keys, which binds
  who signs and not who reads; what becomes of an assertion without one is told. Properties leave it out
  only where its party has one key.
- Whether an assertion that was used at one endpoint is spent at another no document says outright, whatever it says of
  single use. It is told, and held against nobody but a target that says so itself (\`remembersAcross\` in its file).
- 429 and 503 are neither an acceptance nor a refusal: RFC 6749 has no error for a server that is asked too often. They
  count as unavailability, whatever else the answer says (\`test/self/throttled.test.ts\`).
`

export function profilesText(): string {
  return [
    BEGINNING,
    table(
      ['parameter', 'what it settles', 'rfc7523'],
      parameters().map((name) => [
        `\`${name}\``,
        PARAMETERS[name],
        valueText(rfc7523.policy, name),
      ]),
    ),
    MEANING,
    ...PROFILES.map(profileText),
    SAME,
  ].join('')
}

function profileText({ name, title, source, policy }: Profile): string {
  const others = parameters().filter(
    (each) => valueText(policy, each) !== valueText(rfc7523.policy, each),
  )
  const head = `### ${name}\n\n${title}. ${source}.\n\n`
  if (others.length === 0) return `${head}The one that the others are told by.\n\n`
  const rows = others.map((each) => [`\`${each}\``, valueText(policy, each)])
  return `${head}${table(['parameter', name], rows)}\n`
}

function parameters(): readonly Parameter[] {
  return Object.keys(PARAMETERS).filter((name) => isParameter(name))
}

function isParameter(name: string): name is Parameter {
  return Object.hasOwn(PARAMETERS, name)
}

function valueText(policy: Policy, name: Parameter): string {
  const value = policy[name]
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return String(value)
  return value === null ? 'nothing' : Object.values(value).join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('')
}
