/** A minter whose keys are elsewhere for some parties: those signatures are asked for, each waited for and timed. */
import { histogram } from '../clock.ts'
import { CupelError } from '../errors.ts'
import { mintElsewhere, truthOf } from '../jwt/mint.ts'
import type { MintContext } from '../jwt/mint.ts'
import type { Clock, Signer } from '../model/target.ts'
import type { Minter } from './minting.ts'

/** How many signatures are asked of one signer at once; those beyond wait for their turn. */
const AT_ONCE = 8

interface Counter {
  readonly sign: Signer
  measured(): readonly (readonly [string, number])[]
}

/**
 * @param signers By name of the key.
 * @param others For all other keys.
 */
export function minterWith(
  signers: ReadonlyMap<string, Signer>,
  context: MintContext,
  others: Minter,
  clock: Clock,
): Minter {
  if (signers.size === 0) return others
  const counters = new Map([...signers].map(([key, sign]) => [key, timed(key, sign, clock)]))
  return {
    ready: others.ready,
    get backlog() {
      return others.backlog ?? 0
    },
    async mint(source, atUs) {
      const counter = counters.get(source.signer)
      if (counter === undefined) return others.mint(source, atUs)
      const text = await mintElsewhere(source, atUs, context, counter.sign)
      return { text, truth: truthOf(source, atUs, context) }
    },
    measured: () =>
      new Map([
        ...(others.measured?.() ?? []),
        ...[...counters.values()].flatMap((each) => each.measured()),
      ]),
    close: () => others.close(),
  }
}

/** The signer with its latencies taken down, in milliseconds; a refusal is one that the driver can tell from its own errors. */
function timed(key: string, signer: Signer, clock: Clock): Counter {
  let latency = histogram()
  let failed = 0
  let running = 0
  const line: (() => void)[] = []
  const enter = (): Promise<void> | undefined => {
    if (running < AT_ONCE) return void running++
    return new Promise((resolve) => line.push(resolve))
  }
  const leave = (): void => {
    const next = line.shift()
    if (next === undefined) running--
    else next()
  }
  return {
    async sign(input) {
      await enter()
      const startUs = clock.nowUs()
      try {
        const signature = await signer(input)
        latency.record(clock.nowUs() - startUs)
        return signature
      } catch (cause) {
        failed++
        throw new CupelError('ERR_SIGNER', `the signer of ${key} gave no signature`, { cause })
      } finally {
        leave()
      }
    },
    measured() {
      const told = [
        ['signatures', latency.count()],
        ['failed', failed],
        ['latency-p50-ms', latency.percentile(50) / 1000],
        ['latency-p99-ms', latency.percentile(99) / 1000],
        ['latency-max-ms', latency.most() / 1000],
      ] as const
      latency = histogram()
      failed = 0
      return told.map(([name, value]) => [`signer/${key}/${name}`, value])
    },
  }
}
