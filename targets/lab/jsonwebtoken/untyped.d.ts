/** What is used here of two versions of jsonwebtoken, neither of which brings types. */
interface Decoded {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
}

declare module 'jsonwebtoken' {
  export interface VerifyOptions {
    readonly algorithms: readonly string[]
    readonly audience: string
    readonly issuer: string
    readonly clockTimestamp: number
  }
  const library: {
    decode(token: string, options: { readonly complete: true }): Decoded | null
    verify(token: string, key: string, options: VerifyOptions): unknown
  }
  export default library
}

declare module 'jsonwebtoken-4' {
  const library: {
    decode(token: string, options: { readonly complete: true }): Decoded | null
    verify(
      token: string,
      key: string,
      options: { readonly audience: string; readonly issuer: string },
    ): unknown
  }
  export default library
}
