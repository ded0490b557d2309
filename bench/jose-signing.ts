/** How fast jose signs, as its users do it: many at once, on this thread. */
import { generateKeyPair, SignJWT } from 'jose'
import { machineClock } from '../harness/clock.ts'

const AT_ONCE = 64
const ROUNDS = 80

export async function joseSignsPerSecond(): Promise<number> {
  const clock = machineClock()
  const { privateKey } = await generateKeyPair('ES256')
  const sign = (number: number): Promise<string> =>
    new SignJWT({ jti: String(number) })
      .setProtectedHeader({ alg: 'ES256', kid: 'honest-key' })
      .setIssuer('honest')
      .setSubject('honest')
      .setAudience('https://as.example')
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(privateKey)
  const all = (): Promise<readonly string[]> =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, number) => sign(number)))
  for (let warm = 0; warm < 10; warm++) await all()
  const startUs = clock.nowUs()
  for (let round = 0; round < ROUNDS; round++) await all()
  return (AT_ONCE * ROUNDS * 1e6) / (clock.nowUs() - startUs)
}
