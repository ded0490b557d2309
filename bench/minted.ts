/** How fast assertions are minted, by one thread, in its own processor time: what else the machine does is not its doing. */
import { seededKey } from '../harness/jwt/keys.ts'
import { mintText, type MintedSource } from '../harness/jwt/mint.ts'
import { seeded } from '../harness/random.ts'

const AT_A_TIME = 200
const SECONDS = 2

const CONTEXT = {
  keys: { honest: seededKey('ES256', 'honest-key', seeded('bench')) },
  owners: { honest: 'honest' },
  runId: 'ABCDEFGHIJKLMNOPQRSTUV',
}

let measured: number | null = null

/** ES256 assertions a second of processor time. Measured once, whoever asks. */
export async function mintsPerSecond(): Promise<number> {
  measured ??= measure()
  return measured
}

function measure(): number {
  for (let warm = 0; warm < 2_000; warm++) mintText(sourceOf(warm), 1.8e15, CONTEXT)
  const before = process.cpuUsage()
  let minted = 0
  for (;;) {
    for (let index = 0; index < AT_A_TIME; index++) mintText(sourceOf(minted++), 1.8e15, CONTEXT)
    const { user, system } = process.cpuUsage(before)
    if (user + system > SECONDS * 1e6) return (minted / (user + system)) * 1e6
  }
}

function sourceOf(number: number): MintedSource {
  return {
    kind: 'minted',
    usage: 'client-authentication',
    signer: 'honest',
    header: { alg: 'ES256', kid: 'honest-key' },
    claims: {
      iss: 'honest',
      sub: 'honest',
      aud: 'https://as.example',
      jti: { $jti: String(number) },
      iat: { $now: 0 },
      exp: { $now: 60 },
    },
    defect: null,
    last: true,
  }
}
