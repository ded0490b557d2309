/** What `cupel init` is asked for, and everything that is wrong with it. */
import { machineClock, timeOf } from '../harness/clock.ts'
import { isAddress, isDay } from '../harness/formats/new-target.ts'
import { FRESH_ALGORITHMS } from '../harness/jwt/fresh-key.ts'
import { isLoopback } from '../targets/authorised.ts'

export interface InitRequest {
  /** Where the files are written; made if it is not there. */
  readonly folder: string
  /** What reports call the target; the host of its endpoint when absent. */
  readonly name?: string
  readonly endpoint?: string
  readonly issuer?: string
  /** What it accepts in `aud`; its issuer where none is named. */
  readonly audiences: readonly string[]
  /** In the order of the roles that they are for; two of ours where none is named. */
  readonly clientIds: readonly string[]
  readonly algorithm: string
  readonly scope?: string
  /** What it promises of replays; nothing when absent, since whoever promises is held to it. */
  readonly replay?: string
  /** Who allowed it, and until when: for a server that is not on this machine. */
  readonly by?: string
  readonly until?: string
  readonly maxRate?: number
}

export interface InitClient {
  readonly name: string
  readonly id: string
  readonly roles: readonly string[]
  /** What its files are called, without folder and ending. */
  readonly file: string
}

export const REPLAY = ['single-use', 'not-promised'] as const

const DEFAULT_IDS = ['cupel-honest', 'cupel-hostile']
const ROLES = ['honest', 'hostile', 'pressure', 'spare']

/** One alone is honest and hostile; from the fourth on they are spare. */
export function clientsFor(ids: readonly string[]): readonly InitClient[] {
  const named = ids.length === 0 ? DEFAULT_IDS : ids
  return named.map((id, index) => {
    const role = ROLES[index] ?? 'spare'
    return {
      name: index < 3 ? role : `spare-${index - 2}`,
      id,
      roles: named.length === 1 ? ['honest', 'hostile'] : [role],
      file: id.replaceAll(/[^\w.-]+/gu, '-').replace(/^[.-]+/u, ''),
    }
  })
}

/** Whether the server is on this machine, and may be asked without leave. */
export function isHere({ endpoint }: Pick<InitRequest, 'endpoint'>): boolean {
  return endpoint !== undefined && isAddress(endpoint) && isLoopback(new URL(endpoint))
}

/** All of them, each with what to write instead. */
export function problemsOf(
  request: InitRequest,
  clients: readonly InitClient[],
): readonly string[] {
  const { endpoint, issuer, algorithm, audiences, replay, name } = request
  return [
    addressProblem('--endpoint', 'the URL of the token endpoint', endpoint),
    textProblem('--issuer', 'the issuer identifier of the server', issuer),
    ...audiences.map((each) => textProblem('--audience', 'what it accepts in aud', each)),
    name === undefined ? null : textProblem('--name', 'a name', name),
    ...clients.map(({ id, file }) =>
      file === '' ? expected('--client-id', 'an identifier with a letter or digit', id) : null,
    ),
    ...twice(clients),
    FRESH_ALGORITHMS.some((each) => each === algorithm)
      ? null
      : expected('--algorithm', `one of ${FRESH_ALGORITHMS.join(', ')}`, algorithm),
    replay === undefined || REPLAY.some((each) => each === replay)
      ? null
      : expected('--replay', REPLAY.join(' or '), replay),
    ...leaveProblems(request),
  ].filter((each) => each !== null)
}

/** Who may be asked is for the owner to say, and nothing is written that claims it for him. */
function leaveProblems(request: InitRequest): readonly (string | null)[] {
  const { endpoint, by, until } = request
  if (endpoint === undefined || !isAddress(endpoint)) return []
  const why = isHere(request) ? null : `since ${new URL(endpoint).host} is not on this machine`
  if (why === null && by === undefined && until === undefined) return []
  const day = why === null ? 'a day such as 2030-12-31' : `a day such as 2030-12-31, ${why}`
  return [
    by === undefined || by.trim() === ''
      ? expected('--authorized-by', ['who allowed this', why].filter(Boolean).join(', '), by)
      : null,
    until === undefined || !isDay(until)
      ? expected('--authorized-until', day, until)
      : (timeOf(until) ?? 0) + DAY_US <= machineClock().nowUs()
        ? expected('--authorized-until', 'a day that is not over', until)
        : null,
  ]
}

const DAY_US = 86_400e6

function twice(clients: readonly InitClient[]): readonly string[] {
  const seen = new Map<string, string>()
  return clients.flatMap(({ id, file }) => {
    const key = file.toLowerCase()
    const other = seen.get(key)
    seen.set(key, id)
    if (other === undefined || file === '') return []
    const clash = other === id ? 'that again' : `${id}, whose files would be those of ${other}`
    return [`--client-id: expected another than ${other}, found ${clash}`]
  })
}

function addressProblem(option: string, what: string, given: string | undefined): string | null {
  const isFine = given !== undefined && isAddress(given)
  return isFine ? null : expected(option, `${what}, http or https`, given)
}

function textProblem(option: string, what: string, given: string | undefined): string | null {
  if (given === undefined || given.trim() === '') return expected(option, what, given)
  // A target file would take it for the port of something that it starts.
  return /[{}]/u.test(given) ? expected(option, `${what}, without braces`, given) : null
}

function expected(option: string, what: string, given: string | undefined): string {
  return `${option}: expected ${what}, found ${given === undefined ? 'nothing' : JSON.stringify(given)}`
}
