import { z } from 'zod';
import { OVERLAP_SECONDS } from './webhook-constants.js';

/** Takes the staged secret into use. */
export const activateSecretRequestSchema = z.strictObject({
  overlapSeconds: z
    .number()
    .int()
    .min(OVERLAP_SECONDS.min)
    .max(OVERLAP_SECONDS.max)
    .default(OVERLAP_SECONDS.default),
});
export type ActivateSecretRequest = z.input<typeof activateSecretRequestSchema>;

/** The state of a secret's rotation. */
export const secretRotationSchema = z
  .object({
    /** A next secret exists and waits to be activated. */
    isStaged: z.boolean(),
    stagedAt: z.string().nullable(),
    /** Until when the old secret stays valid next to the new one; null when there is none. */
    previousExpiresAt: z.string().nullable(),
  })
  .meta({ id: 'SecretRotation' });
export type SecretRotation = z.infer<typeof secretRotationSchema>;

/** The answer to staging: the only place where the next secret is shown before it is activated. */
export const stagedSecretSchema = z.object({ nextSecret: z.string(), secretRotation: secretRotationSchema });
export type StagedSecret = z.infer<typeof stagedSecretSchema>;
