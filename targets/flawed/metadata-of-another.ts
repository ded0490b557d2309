import { isObject } from '../reference/verify.ts'
import type { Flaw } from './flaw.ts'

export const metadataOfAnother: Flaw = {
  name: 'metadata-of-another',
  title: 'The published issuer is another than the one that is asked for',
  seenIn: 'servers behind a proxy that know themselves by another name',
  caughtBy: ['metadata/issuer-differs'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    publish: (metadata) =>
      isObject(metadata) ? { ...metadata, issuer: 'https://inside.cupel.example/?t=1' } : metadata,
  }),
}
