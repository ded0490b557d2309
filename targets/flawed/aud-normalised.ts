import type { Flaw } from './flaw.ts'

export const audNormalised: Flaw = {
  name: 'aud-normalised',
  title:
    'Audiences are compared as addresses: without regard to case, default ports and a slash at the end',
  seenIn: 'servers that parse an audience before they compare it',
  caughtBy: ['audience/normalised'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    names: (value, audiences) => audiences.some((audience) => plain(audience) === plain(value)),
  }),
}

function plain(name: string): string {
  return URL.canParse(name) ? new URL(name).href.replace(/\/$/, '') : name
}
