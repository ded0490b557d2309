/** Answers in words. */
import type { Answer } from '../../model/history.ts'

/** The same for one answer after another: of a status that was seen before the text is not made again. */
export function openWords(): (answer: Answer) => string {
  const known: { readonly code: string | null; readonly token: boolean; readonly text: string }[] =
    []
  return (answer) => {
    if (answer.kind === 'none' || answer.active !== null) return gotWords(answer)
    const { status, code } = answer
    const token = answer.token !== null
    const latest = known[status]
    if (latest?.code === code && latest.token === token) return latest.text
    const text = gotWords(answer)
    known[status] = { code, token, text }
    return text
  }
}

export function gotWords(answer: Answer): string {
  if (answer.kind === 'none') return `no answer (${answer.cause})`
  if (answer.active !== null) return `${answer.status}, active: ${answer.active}`
  if (answer.token !== null) return `${answer.status} with a token`
  return answer.code === null ? String(answer.status) : `${answer.status} ${answer.code}`
}
