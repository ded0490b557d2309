/** Text from a target, made safe to keep and to print: no secret, no control, nothing that could be markup. */

const LONGEST = 200

/** A run of this many base64url characters may be a token or a key, so it is never kept. */
const SECRET = /[A-Za-z0-9_-]{16,}/g

/**
 * Controls, format characters (bidi overrides, zero-width ones), separators other than the space, private use, lone
 * surrogates, and what HTML, XML, Markdown or a shell could take for markup.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>&"'`]/gu

/** Free text: every run that may be a secret becomes an ellipsis; at most 200 characters. */
export function plainText(text: string): string {
  return escaped(text.replace(SECRET, '…'))
}

/** A header's value: words of lower-case letters and hyphens, such as `stale-while-revalidate`, are no secrets. */
export function plainHeader(value: string): string {
  return escaped(value.replace(SECRET, (run) => (/^[a-z-]{1,40}$/.test(run) ? run : '…')))
}

/** An error code: the registered ones are lower-case words and underscores; anything else is treated as free text. */
export function plainCode(code: string): string {
  return /^[a-z_]{1,40}$/.test(code) ? code : plainText(code)
}

/** Escapes what must not be printed as it is, and cuts between characters, never inside an escape. */
function escaped(text: string): string {
  let kept = ''
  for (const character of text) {
    const next = character.replace(
      UNPRINTABLE,
      (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
    )
    if (kept.length + next.length > LONGEST) break
    kept += next
  }
  return kept
}
