/** What a request of the bench carries: as long as a real one. */

/** @param assertion A compact JWS of ES256 is some 420 characters long. */
export function bodyOf(assertion: string): string {
  return (
    'grant_type=client_credentials&client_assertion_type=' +
    `urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=${assertion}`
  )
}
