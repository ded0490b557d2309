/** Signers of keys that are elsewhere: a command that is run for each signature, and a sidecar that is asked over HTTP. */
import { spawn } from 'node:child_process'
import { timer } from '../harness/clock.ts'
import { algorithmOf, type PrivateJwk } from '../harness/jwt/keys.ts'
import { signatureIn, verifierOf } from '../harness/jwt/verify.ts'
import type { KeyElsewhere } from '../harness/model/target-file.ts'
import type { Signer, Site, Wire } from '../harness/model/target.ts'

/** A signature that takes longer is none. */
const LONGEST_MS = 10_000

/** A signature in base64 is far shorter, that of an RSA key of 16,384 bits among them. */
const LONGEST_TEXT = 4_096

/** Where signers live: the folder of the target file, and the site of the run. */
export interface SignerPlace {
  readonly folder: string
  readonly site: Site
}

/**
 * Each signature is verified before it is given: one that is not the key's is no fault of whoever refuses it.
 *
 * @param key The public part, with `kid` and `alg`.
 */
export function signerElsewhere(file: KeyElsewhere, key: PrivateJwk, place: SignerPlace): Signer {
  const alg = algorithmOf(key)
  const verifies = verifierOf(key)
  const ask =
    'command' in file
      ? byCommand(file.command, place)
      : bySidecar(new URL(file.sidecar), key, place)
  return async (input) => {
    const signature = signatureIn(await ask(input), alg)
    if (!verifies(input, signature)) throw new Error('the signature is not of the public key')
    return signature
  }
}

type Ask = (input: string) => Promise<string>

/** The signing input comes on its standard input; it prints the signature. */
function byCommand([command = '', ...rest]: readonly string[], { folder, site }: SignerPlace): Ask {
  return (input) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, rest, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
      let printed = ''
      const give = (): void => void child.kill('SIGKILL')
      const cancel = timer(LONGEST_MS, give)
      site.signal.addEventListener('abort', give)
      const settle = (): void => {
        cancel()
        site.signal.removeEventListener('abort', give)
      }
      child.on('error', (error) => {
        settle()
        reject(error)
      })
      child.stdout.on('data', (chunk) => {
        printed += String(chunk)
        if (printed.length > LONGEST_TEXT) give()
      })
      child.on('close', (code) => {
        settle()
        if (code === 0 && printed.length <= LONGEST_TEXT) resolve(printed)
        else reject(new Error(`the command ended with ${code ?? 'a signal'}`))
      })
      // It may end without reading.
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })
}

/** `{ "alg", "kid", "input" }` is posted, and `{ "signature" }` answered. */
function bySidecar(url: URL, key: PrivateJwk, { site }: SignerPlace): Ask {
  const idle: Wire[] = []
  const connected = async (): Promise<Wire> => {
    for (let wire = idle.pop(); wire !== undefined; wire = idle.pop()) {
      if (wire.usable()) return wire
      void wire.close()
    }
    return site.wires.http(new URL(url.origin), null)
  }
  return async (input) => {
    const wire = await connected()
    const body = JSON.stringify({ alg: key['alg'], kid: key['kid'], input })
    const { raw } = await wire.send(
      {
        method: 'POST',
        path: url.pathname + url.search,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: Buffer.from(body),
        heldBytes: 0,
      },
      site.signal,
    )
    if (wire.usable()) idle.push(wire)
    else void wire.close()
    if ('cause' in raw) throw new Error(`the sidecar gave no answer: ${raw.cause}`)
    if (raw.status !== 200) throw new Error(`the sidecar answered ${raw.status}`)
    return signatureMember(Buffer.from(raw.body).toString())
  }
}

function signatureMember(text: string): string {
  const answer: unknown = JSON.parse(text)
  const signature: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'signature') : undefined
  if (typeof signature === 'string' && signature.length <= LONGEST_TEXT) return signature
  throw new Error('the sidecar answered without a signature')
}
