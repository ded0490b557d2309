/** Text from a target, made safe to keep and to print: no secret, no control, nothing that could be markup. */

const LONGEST = 200

/** The registered ones are far shorter. */
const LONGEST_CODE = 64

/**
 * A run of this many characters of base64, base64url or their percent-encoding may be a token or a key, so it is never
 * kept. A full stop that ends a sentence is not counted.
 */
const SECRET = /[\w-][\w\-+/=.~%]{14,}[\w\-+/=~%]/g

/** What may be one in pieces: words of eight or more base64url characters with a single space between them. */
const PIECES = /[\w-]{8,}(?: [\w-]{8,})+/g

/** No piece of a secret looks like this, but for one in hundreds. */
const WORD = /^[A-Za-z]?[a-z-]*$/

/**
 * Controls, format characters (bidi overrides, zero-width ones), separators other than the space, private use, lone
 * surrogates, and what HTML, XML, Markdown or a shell could take for markup.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>&"'`]/gu

/** The same without markup, and without line feed and tab. */
const ACTING = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/** Free text: every run that may be a secret becomes an ellipsis; at most 200 characters. */
export function plainText(text: string): string {
  return escaped(withoutSecrets(text), LONGEST)
}

/** A header's value: words of lower-case letters and hyphens, as in `stale-while-revalidate=60`, are no secrets. */
export function plainHeader(value: string): string {
  const isHarmless = (run: string): boolean =>
    run.split(/[^\w-]/).every((each) => /^[a-z-]{0,40}$/.test(each) || each.length < 8)
  return escaped(
    value.replace(SECRET, (run) => (isHarmless(run) ? run : '…')),
    LONGEST,
  )
}

/** An error code: the registered ones are lower-case words and underscores; anything else is free text, and cut short. */
export function plainCode(code: string): string {
  return /^[a-z_]{1,40}$/.test(code) ? code : escaped(withoutSecrets(code), LONGEST_CODE)
}

/** How many texts are remembered; more than any server has different ones of at a time. */
const REMEMBERED = 512

/** The same function, which works out what it was given before only once. For short texts that come again and again. */
export function remembering(plain: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = plain(text)
    if (known.size >= REMEMBERED) known.clear()
    // A text as long as a page is of somebody's making, and would be kept for nothing.
    if (text.length <= LONGEST * 4) known.set(text, made)
    return made
  }
}

function withoutSecrets(text: string): string {
  return text
    .replace(PIECES, (run) => (run.split(' ').every((each) => WORD.test(each)) ? run : '…'))
    .replace(SECRET, '…')
}

/** What a program printed, for its user's own eyes: lines and tabs stay, whatever else acts on a terminal is escaped. */
export function plainOutput(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(ACTING, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)
}

/** Escapes what must not be printed as it is, and cuts between characters, never inside an escape. */
function escaped(text: string, longest: number): string {
  let kept = ''
  for (const character of text) {
    const next = character.replace(
      UNPRINTABLE,
      (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
    )
    if (kept.length + next.length > longest) break
    kept += next
  }
  return kept
}
