import { ecdsaVerifies, opened, utf8 } from './lenient.ts'
import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const firstDuplicateWins: Flaw = {
  name: 'first-duplicate-wins',
  title: 'Of a member that stands twice the first is believed',
  seenIn: 'parsers that stop at what they look for',
  caughtBy: ['claims/first-duplicate-taken'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: { ...faultless.parser, open: async (text) => opened(text, firstOfEach) },
    verify: async (text, header, signer, all) =>
      ecdsaVerifies(text, header, signer) || faultless.verify(text, header, signer, all),
  }),
}

/** The last member goes if one of its name stands before it. */
function firstOfEach(segment: string): string {
  const text = utf8(segment)
  const [last, name = ''] = /,"(\w+)":(?:"[^"]*"|[^,"{}[\]]*)\}$/.exec(text) ?? ['', '']
  const before = text.slice(0, text.length - last.length)
  return last !== '' && before.includes(`"${name}":`) ? `${before}}` : text
}
