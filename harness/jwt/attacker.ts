/** A key that no target has registered. Known to everybody who reads this: it stands for whatever an attacker has. */
import { seeded } from '../random.ts'
import { seededKey } from './keys.ts'

export const ATTACKERS_KEY = seededKey('ES256', 'attackers-key', seeded('the attacker'))

/** A certificate of it, signed by itself, in base64 of its DER (RFC 7515 §4.1.6). Valid until 2126. */
export const ATTACKERS_CERTIFICATE = [
  'MIIBmDCCAT+gAwIBAgIUTl6oEG0f0Cbmsf9VRRaW+EH03l8wCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWYXR0',
  'YWNrZXIuY3VwZWwuZXhhbXBsZTAgFw0yNjExMjYxNDMwMzZaGA8yMTI2MTEwMjE0MzAzNlowITEfMB0GA1UE',
  'AwwWYXR0YWNrZXIuY3VwZWwuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHlQ+fhgP55Y31GX',
  'FFz9Joly3f3BRFar4eJZ01Bm48qYhXGwG/7q7juJwItVEu7IOu2P6k6DFlb/sGtVQuFc7d+jUzBRMB0GA1Ud',
  'DgQWBBR5yfqzh8iztJMxjDFVg3dEZV1dyDAfBgNVHSMEGDAWgBR5yfqzh8iztJMxjDFVg3dEZV1dyDAPBgNV',
  'HRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCID3ufRQhhnoTMpAOQmYwrGa/kX4lkp6T+NvuTHIyTCTj',
  'AiAiVAhD4tSL2ukiwPGLn9YKUrtNO7R7TgkI1zRS14Zqhg==',
].join('')
