/** The answers of a simulated system as facts, read by the code that reads those of a live one, once for each kind. */
import type { Answer } from '../../harness/model/history.ts'
import {
  refusedAtToken,
  serverError,
  success,
  unavailable,
  type HttpAnswer,
} from '../reference/answers.ts'
import type { Outcome } from '../reference/decide.ts'
import { read } from '../answer.ts'

/** What came of a request at a node, be it that something went wrong that is nobody's doing. */
export type Served = Outcome | { readonly kind: 'error' } | { readonly kind: 'elsewhere' }

type Reply = Extract<Answer, { kind: 'reply' }>

export interface Answers {
  /** @param token The tag of the token, where one is handed out. */
  of(served: Served, token: string): Answer
}

/** The body of RFC 6749 §5.1, whatever the token. */
const GRANTED = success({ access_token: 'token', token_type: 'Bearer', expires_in: 300 })

/** @param via Whether somebody stands in front of the nodes and says so (RFC 9110 §7.6.3). */
export function answersOf(via: boolean): Answers {
  return via ? VIA_FRONT : DIRECT
}

function answersWith(further: Readonly<Record<string, string>>): Answers {
  const facts = ({ status, headers, body }: HttpAnswer): Reply => {
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    const raw = { status, headers: { ...headers, ...further }, body: bytes }
    const { answer } = read(raw, 'token', () => '')
    if (answer.kind === 'none') throw new RangeError('a whole answer is read as one')
    return answer
  }
  const granted = facts(GRANTED)
  const busy = facts(unavailable())
  const error = facts(serverError())
  const elsewhere = facts({ ...GRANTED, status: 400, body: { error: 'invalid_scope' } })
  const refusals = new Map<string, Reply>()
  return {
    of(served, token) {
      switch (served.kind) {
        case 'accept':
          return { ...granted, token }
        case 'unavailable':
          return busy
        case 'error':
          return error
        case 'elsewhere':
          return elsewhere
        case 'refuse': {
          const { code, description } = served
          const name = `${code} ${description}`
          const known = refusals.get(name)
          if (known !== undefined) return known
          const answer = facts(refusedAtToken(code, description))
          refusals.set(name, answer)
          return answer
        }
      }
    },
  }
}

const DIRECT = answersWith({})
const VIA_FRONT = answersWith({ via: '1.1 front' })
