/** A form as a token endpoint must take it (RFC 6749 §3.2 and appendix B). */

export type Form = ReadonlyMap<string, string>

/**
 * The parameters; null when one comes twice, which RFC 6749 §3.2 forbids, unless the last one counts. Empty values count
 * as not sent.
 */
export function parseForm(body: string, lastCounts = false): Form | null {
  const form = new Map<string, string>()
  const seen = new Set<string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (seen.has(name) && !lastCounts) return null
    seen.add(name)
    if (value !== '') form.set(name, value)
  }
  return form
}

export function isFormType(contentType: string | undefined): boolean {
  return /^\s*application\/x-www-form-urlencoded\s*($|;)/i.test(contentType ?? '')
}

/** The members of a JSON object that are texts. */
export function parseJson(body: string): Form | null {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null) return null
    const texts = Object.entries(value).filter(([, each]) => typeof each === 'string')
    return new Map(texts.map(([name, each]) => [name, String(each)]))
  } catch {
    return null
  }
}
