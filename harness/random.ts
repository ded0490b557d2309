/** The only source of randomness: one seed, split into named streams, and the run id that never comes from it. */
import { createHash, randomBytes } from 'node:crypto'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { Random } from './model/target.ts'

/**
 * Seeded draws. A stream is a hash of the seed and its name, so that a new draw in one stream moves no value of another.
 * Each value is the hash of stream and index (SHA-256), which costs about a microsecond and has no state to share.
 */
export function seeded(seed: string): Random {
  let index = 0
  return {
    stream: (name) => seeded(`${seed}/${name}`),
    next() {
      const hash = createHash('sha256').update(`${seed}#${index++}`).digest()
      return hash.readUIntBE(0, 6) / 2 ** 48
    },
  }
}

/**
 * As `seeded`, for who draws millions: each stream begins at the hash of its name and goes on by xoroshiro128+, which costs
 * a hundredth of a hash. 32 bits a draw, and other ones than `seeded` draws.
 */
export function swift(seed: string): Random {
  const hash = createHash('sha256').update(seed).digest()
  const state = [0, 4, 8, 12].map((at) => hash.readInt32BE(at))
  const generator = xoroshiro128plusFromState(state)
  return {
    stream: (name) => swift(`${seed}/${name}`),
    next: () => (generator.next() >>> 0) / 2 ** 32,
  }
}

/** 128 fresh bits as 22 base64url characters: in every jti of the run, so that no two runs ever share one. */
export function freshRunId(): string {
  return randomBytes(16).toString('base64url')
}

/** A seed for a run that was not given one; short, to be typed again. */
export function freshSeed(): string {
  return String(randomBytes(4).readUInt32BE(0))
}

/** A key for tags that must die with the process. */
export function freshSecret(): Uint8Array {
  return randomBytes(32)
}
