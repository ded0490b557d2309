/** When something was, as people read it. */
import { excerpt } from './escape.ts'

/** From one time to another, the day said once: `2026-01-02 03:04:05 to 03:04:45 UTC`. As they are where they are no such times. */
export function timesText(from: string, to: string): string {
  const [one, other] = [from, to].map(inSeconds)
  const [day = '', began = ''] = (one ?? '').split('T')
  const [lastDay = '', ended = ''] = (other ?? '').split('T')
  if (!began.endsWith('Z') || !ended.endsWith('Z')) return `${one} to ${other}`
  const [first, last] = [began.slice(0, -1), ended.slice(0, -1)]
  return `${day} ${first} to ${lastDay === day ? '' : `${lastDay} `}${last} UTC`
}

/** To the second, such as `2026-01-02 03:04:05 UTC`. */
export function timeText(at: string): string {
  const text = inSeconds(at)
  return text.endsWith('Z') ? `${text.slice(0, -1).replace('T', ' ')} UTC` : text
}

function inSeconds(at: string): string {
  return excerpt(at, 40).replace(/\.\d+Z$/, 'Z')
}
