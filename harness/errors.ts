/** Errors of the harness and its user. A target's bad behaviour is never one of these: it is an observation. */

export type CupelErrorCode =
  /** A file or an option that the user wrote cannot be used. */
  | 'ERR_CONFIG_INVALID'
  | 'ERR_UNKNOWN_NAME'
  | 'ERR_TARGET_UNREACHABLE'
  | 'ERR_TARGET_START'
  | 'ERR_NOT_AUTHORISED'
  | 'ERR_HISTORY_UNREADABLE'
  | 'ERR_HISTORY_DISORDERED'
  | 'ERR_HISTORY_FORMAT'
  /** The disk does not take what was seen. */
  | 'ERR_HISTORY_UNWRITABLE'
  | 'ERR_RECORD_UNREADABLE'
  | 'ERR_RECORD_FORMAT'
  /** A record of a run that did not end, where only whole ones mean something. */
  | 'ERR_RECORD_INCOMPLETE'
  /** Records of other plans, targets, profiles or versions than each other. */
  | 'ERR_RECORDS_APART'
  /** Records that count one presentation twice. */
  | 'ERR_RECORDS_OVERLAP'
  | 'ERR_FAULT_NOT_MENDED'
  /** A report writer of ours threw; the record and the other reports are as they should be. */
  | 'ERR_REPORT_FAILED'
  /** Whoever has a key elsewhere gave no signature with it. */
  | 'ERR_SIGNER'
  | 'ERR_INTERNAL'

/** The errors that mean bad usage or configuration (exit 254); every other one means the harness failed (255). */
export const USAGE_ERRORS: ReadonlySet<CupelErrorCode> = new Set<CupelErrorCode>([
  'ERR_CONFIG_INVALID',
  'ERR_UNKNOWN_NAME',
  'ERR_TARGET_UNREACHABLE',
  'ERR_TARGET_START',
  'ERR_NOT_AUTHORISED',
  'ERR_HISTORY_UNREADABLE',
  'ERR_HISTORY_DISORDERED',
  'ERR_HISTORY_FORMAT',
  'ERR_RECORD_UNREADABLE',
  'ERR_RECORD_FORMAT',
  'ERR_RECORD_INCOMPLETE',
  'ERR_RECORDS_APART',
  'ERR_RECORDS_OVERLAP',
])

/** `code` is stable and safe to switch on; `message` is for people and may change. */
export class CupelError extends Error {
  override readonly name = 'CupelError'
  readonly code: CupelErrorCode
  /** What the reader can do next, printed under the message. */
  readonly hint: string | undefined
  /** A stable word for what went wrong where `code` says too little to count by, such as ECONNREFUSED. */
  readonly detail: string | undefined

  constructor(
    code: CupelErrorCode,
    message: string,
    options: { hint?: string; cause?: unknown; detail?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.detail = options.detail
  }
}
