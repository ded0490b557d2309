/** What nodes and store say to each other: one JSON object a line, over TCP. */

/** `requestId` is the same in the retry of a request whose answer was lost. */
export interface StoreRequest {
  readonly id: number
  readonly op: 'insert' | 'find' | 'save' | 'release'
  readonly key: string
  readonly requestId: string
  /** On the wall clock; the store compares it with its own. */
  readonly keepUntilMs: number
}

export interface StoreReply {
  readonly id: number
  readonly said: 'inserted' | 'present' | 'absent' | 'saved' | 'released'
}

/** @throws {TypeError} when the line is no request. */
export function requestIn(line: string): StoreRequest {
  const value: unknown = JSON.parse(line)
  if (isRequest(value)) return value
  throw new TypeError('not a request to the store')
}

/** @throws {TypeError} when the line is no reply. */
export function replyIn(line: string): StoreReply {
  const value: unknown = JSON.parse(line)
  if (isReply(value)) return value
  throw new TypeError('not a reply of the store')
}

/** Cuts a stream of text into lines; what follows the last line end waits for more. */
export function lines(take: (line: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) take(line)
  }
}

function isRequest(value: unknown): value is StoreRequest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'op' in value &&
    'key' in value &&
    'requestId' in value &&
    'keepUntilMs' in value
  )
}

function isReply(value: unknown): value is StoreReply {
  return typeof value === 'object' && value !== null && 'id' in value && 'said' in value
}
