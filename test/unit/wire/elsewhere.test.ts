/** A wire of a sending thread does what one of this thread does: every test of wires, again. */
import { afterAll } from 'vitest'
import { closeThreads, sendElsewhere } from './servers.ts'

sendElsewhere()
afterAll(closeThreads)

await import('./http1.test.ts')
await import('./hold.test.ts')
await import('./hostile.test.ts')
await import('./patience.test.ts')
await import('./tls.test.ts')
await import('./proxy.test.ts')
await import('./http2.test.ts')
await import('./http2-facts.test.ts')
