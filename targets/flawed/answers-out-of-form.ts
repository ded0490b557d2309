import type { Json } from '../../harness/model/plan.ts'
import type { Flaw } from './flaw.ts'

export const answersOutOfForm: Flaw = {
  name: 'answers-out-of-form',
  title:
    'Answers are right and not in form: of another type, without a challenge, and with too much said',
  seenIn: 'servers that were never asked by a strict client',
  caughtBy: ['answers/not-in-form'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    finish: ({ status, headers, body }, path) => {
      const { 'www-authenticate': _, ...rest } = headers
      return {
        status: path.endsWith('/resource') ? status : swapped(status),
        headers: { ...rest, 'content-type': 'text/plain' },
        body: isInactive(body) ? { active: false, sub: 'nobody' } : body,
      }
    },
  }),
}

function isInactive(body: Json): boolean {
  return JSON.stringify(body) === '{"active":false}'
}

function swapped(status: number): number {
  if (status === 400) return 401
  return status === 401 ? 400 : status
}
