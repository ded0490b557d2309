/** The smallest parts of a target file. */
import { z } from 'zod'

export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, { error: 'a name of a-z, 0-9 and -' })
export const text = z.string().min(1)
export const url = z.string().refine(isHttp, { error: 'an http or https URL' }).meta({
  description: 'An http or https URL. {name.port} is the port of the process of that name.',
})

/** A placeholder stands where a number may, so that a port chosen later leaves a URL a URL. */
function isHttp(given: string): boolean {
  const filled = given.replaceAll(/\{[^{}]*\}/gu, '1')
  return URL.canParse(filled) && /^https?:$/u.test(new URL(filled).protocol)
}
