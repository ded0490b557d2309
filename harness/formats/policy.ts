/** The parameters of a profile that a target file may name for its own target (docs/profiles.md). */
import { z } from 'zod'

const audience = z.enum(['agreed', 'issuer'])
const shape = z.enum(['any', 'string-or-one', 'string'])
const replay = z.enum(['may', 'required', 'unless-agreed', 'reuse-allowed'])
const seconds = z.number().min(0)
const codes = z.array(z.string().min(1)).min(1)

const band = z
  .strictObject({ grant: seconds, refuse: seconds })
  .refine(({ grant, refuse }) => grant <= refuse, { error: 'grant no larger than refuse' })

export const policySchema = z
  .strictObject({
    'aud.ca.values': audience.exactOptional(),
    'aud.ca.shape': shape.exactOptional(),
    'aud.ca.sole': z.boolean().exactOptional(),
    'aud.par.values': z.enum(['endpoints', 'issuer']).exactOptional(),
    'aud.grant.values': audience.exactOptional(),
    'aud.grant.shape': shape.exactOptional(),
    'jti.ca.required': z.boolean().exactOptional(),
    'jti.ca.singleUse': replay.exactOptional(),
    'jti.grant.required': z.boolean().exactOptional(),
    'jti.grant.singleUse': replay.exactOptional(),
    'jti.scope': z.literal('issuer').exactOptional(),
    'iss.ca.required': z.boolean().exactOptional(),
    'iss.ca.mustEqualSub': z.boolean().exactOptional(),
    'alg.allow': codes.exactOptional(),
    'mac.allowed': z.boolean().exactOptional(),
    'typ.ca': z.enum(['any', 'explicit', 'plain']).exactOptional(),
    'typ.grant': z.string().min(1).exactOptional(),
    'exp.leewaySeconds': band.exactOptional(),
    'future.leewaySeconds': band.exactOptional(),
    'lifetime.maxSeconds': z.number().positive().exactOptional(),
    'grant.clientAuth': z.enum(['required', 'optional']).exactOptional(),
    'dup.policy': z.literal('reject').exactOptional(),
    'b64.trailingBits': z.literal('reject').exactOptional(),
    'err.ca.codes': codes.exactOptional(),
    'err.ca.status': z.array(z.number().int()).min(1).exactOptional(),
    'err.grant.codes': codes.exactOptional(),
    'err.own.codes': codes.exactOptional(),
    'hdr.pragma': z.literal('required').exactOptional(),
    'dpop.jti.singleUse': replay.exactOptional(),
    'control.ca.audience': z.enum(['issuer', 'token-endpoint']).exactOptional(),
  })
  .meta({
    description: 'Parameters of the profile that hold for this target, narrower than there.',
  })
