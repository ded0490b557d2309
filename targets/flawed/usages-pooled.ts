import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const usagesPooled: Flaw = {
  name: 'usages-pooled',
  title:
    'Clients and issuers of grants are one list, so that a grant authenticates and a client issues grants',
  seenIn: 'servers with one table of keys',
  caughtBy: ['identity/other-usage-accepted'],
  may: ['identity/foreign-issuer-accepted'],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    parser: {
      ...faultless.parser,
      parties: (signers, usage) =>
        new Map([
          ...[...signers.values()].flatMap((each) => [...each]),
          ...faultless.parser.parties(signers, usage),
        ]),
    },
  }),
}
