/** Answers in words. */
import type { Answer } from '../model/history.ts'

export function gotWords(answer: Answer): string {
  if (answer.kind === 'none') return `no answer (${answer.cause})`
  if (answer.active !== null) return `${answer.status}, active: ${answer.active}`
  if (answer.token !== null) return `${answer.status} with a token`
  return answer.code === null ? String(answer.status) : `${answer.status} ${answer.code}`
}
