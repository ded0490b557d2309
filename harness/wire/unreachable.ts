/** What is said when there is nobody to connect to. */
import { CupelError } from '../errors.ts'

export type Layer = 'TCP' | 'TLS' | 'HTTP/2' | 'proxy'

export interface Failure {
  readonly address: string
  readonly layer: Layer
  /** The system's own code, or words of ours. */
  readonly why: string
  /** The same as one stable word, where `why` is none. */
  readonly word?: string
}

/** How each layer is spoken of, and what its words are told apart by. */
const LAYERS: Readonly<
  Record<Layer, { readonly say: (address: string) => string; readonly mark: string }>
> = {
  TCP: { say: (address) => `nobody answers at ${address}`, mark: '' },
  TLS: { say: (address) => `TLS with ${address} failed`, mark: 'tls:' },
  'HTTP/2': { say: (address) => `HTTP/2 with ${address} failed`, mark: 'http2:' },
  proxy: { say: (address) => `the proxy makes no way to ${address}`, mark: 'proxy:' },
}

const NO_TLS = 'that port does not speak TLS: correct the port, or write http: in the target file'
const NO_HTTP2 = 'it does not speak HTTP/2 there: leave `http: 2` out of the target file'
const NO_CERTIFICATE =
  'it wants a certificate of ours: give one as `cert` and `key` under `tls` in the target file'

const BY_LAYER: Readonly<Record<Layer, string>> = {
  TCP: 'start the target, or correct its address in the target file',
  TLS: 'give the certificate of its authority as `ca` under `tls` in the target file',
  'HTTP/2': NO_HTTP2,
  proxy: 'correct `proxy` in the target file, or let the proxy connect there',
}

/** By the code of the error, where that says more than the layer; the last three are of this machine, not of the target. */
const BY_CODE: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name: use that name in the target file, or let it have one for this name',
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: NO_CERTIFICATE,
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: NO_HTTP2,
  ERR_NO_COMMON_PROTOCOL: NO_HTTP2,
  CERT_HAS_EXPIRED: 'its certificate has expired: give it a new one, or correct the clock here',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: correct the clock here or there',
  EMFILE: 'this process may open no more files: raise its limit (ulimit -n), or ask more slowly',
  ENFILE: 'this machine may open no more files: raise its limit, or ask more slowly',
  EADDRNOTAVAIL: 'this machine has no port left to connect from: ask more slowly',
}

export function unreachable(
  { address, layer, why, word = why }: Failure,
  cause?: Error,
): CupelError {
  const { say, mark } = LAYERS[layer]
  return new CupelError('ERR_TARGET_UNREACHABLE', `${say(address)}: ${why}`, {
    hint: BY_CODE[why] ?? BY_LAYER[layer],
    detail: `${mark}${word}`,
    ...(cause === undefined ? {} : { cause }),
  })
}
