/** The head of an HTTP/1.1 response: its status line, its fields, and how they say where its body ends (RFC 9112). */

export interface Head {
  readonly status: number
  /** Minor version: 0 or 1. */
  readonly minor: number
  /** Names in lower case. It has no prototype, so that no name is special. */
  readonly headers: Record<string, string>
}

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: .*)?$/u
const NAME = /^[\w!#$%&'*+.^`|~-]+$/u
/** What no field's value may contain (RFC 9110 §5.5), a carriage return within the line among them. */
// oxlint-disable-next-line no-control-regex -- controls are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/u

export function statusLine(line: string): Head | null {
  const found = STATUS_LINE.exec(line)
  if (found === null || CONTROL.test(line)) return null
  const headers: Record<string, string> = Object.create(null)
  return { status: Number(found[2]), minor: Number(found[1]), headers }
}

export interface Field {
  readonly name: string
  readonly value: string
}

/** A folded line (RFC 9112 §5.2) and white space before the colon (§5.1) are refused: readers differ over both. */
export function headerLine(line: string): Field | null {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(0, colon))
  if (!NAME.test(name) || CONTROL.test(line)) return null
  return { name: name.toLowerCase(), value: trimmed(line, colon + 1) }
}

/** Where the body ends (RFC 9112 §6.3), or in a word what makes that uncertain. */
export function framingOf({ status, minor, headers }: Head): Framing | string {
  const coding = headers['transfer-encoding']
  const length = headers['content-length']
  // Nobody asked for another protocol.
  if (status === 101) return 'switching-protocols'
  if (coding !== undefined && length !== undefined) return 'length-and-coding'
  if (length !== undefined && !/^\d{1,15}$/u.test(length)) return 'content-length'
  if (status === 204 || status === 304) return { kind: 'none' }
  if (coding !== undefined)
    return minor === 1 && /^chunked$/iu.test(coding) ? { kind: 'chunked' } : 'transfer-coding'
  if (length === undefined) return { kind: 'until-close' }
  return { kind: 'length', bytes: Number(length) }
}

/** Whether the connection may carry another request (RFC 9112 §9.3). */
export function persists({ minor, headers }: Head): boolean {
  const options = (headers['connection'] ?? '').toLowerCase().split(/[ \t]*,[ \t]*/u)
  return minor === 1 ? !options.includes('close') : options.includes('keep-alive')
}

/** Without the spaces and tabs around it. */
function trimmed(line: string, from: number): string {
  let start = from
  let end = line.length
  while (start < end && isBlank(line, start)) start++
  while (end > start && isBlank(line, end - 1)) end--
  return line.slice(start, end)
}

function isBlank(line: string, at: number): boolean {
  const code = line.charCodeAt(at)
  return code === 0x20 || code === 0x09
}

/** A server sends the same head again and again, for a second at least; how many are remembered, and how long they may be. */
const REMEMBERED = 256
const LONGEST_REMEMBERED = 1_024
const known = new Map<string, Head>()

/** The head of these very characters, if it was read before; whoever reads it shares it with others. */
export function knownHead(text: string): Head | undefined {
  return known.get(text)
}

export function rememberHead(text: string, head: Head): void {
  if (text.length > LONGEST_REMEMBERED) return
  if (known.size >= REMEMBERED) known.clear()
  known.set(text, head)
}
