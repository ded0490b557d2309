/** What nodes and store say to each other: one JSON object a line, over TCP. */

export type StoreRequest =
  | {
      readonly id: number
      readonly op: 'insert'
      readonly key: string
      readonly requestId: string
      readonly keepUntilMs: number
    }
  | { readonly id: number; readonly op: 'find'; readonly key: string }
  | {
      readonly id: number
      readonly op: 'save'
      readonly key: string
      readonly requestId: string
      readonly keepUntilMs: number
    }

export interface StoreReply {
  readonly id: number
  readonly said: 'inserted' | 'present' | 'absent' | 'saved'
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
