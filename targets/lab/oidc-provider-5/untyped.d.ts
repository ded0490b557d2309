/** What is used here of oidc-provider 5, which brings no types. */
declare module 'oidc-provider-5' {
  export default class Provider {
    constructor(issuer: string, configuration: object)
    initialize(stores: { readonly clients: readonly object[] }): Promise<this>
    listen(port: number, host: string): void
  }
}
