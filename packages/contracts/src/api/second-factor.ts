import { z } from 'zod';
import { secondFactorCodeSchema } from './auth.js';

export const secondFactorSchema = z
  .object({
    isEnabled: z.boolean(),
    enabledAt: z.string().nullable(),
    /** Recovery codes not used yet. */
    recoveryCodesLeft: z.number().int(),
  })
  .meta({ id: 'SecondFactor' });
export type SecondFactor = z.infer<typeof secondFactorSchema>;

/** Without a password only in a session younger than this; and in one that single sign-on opened. */
export const SET_UP_WITHOUT_PASSWORD_MS = 600_000;

export const beginSecondFactorRequestSchema = z.strictObject({
  password: z.string().min(1).max(200).optional(),
});
export type BeginSecondFactorRequest = z.infer<typeof beginSecondFactorRequestSchema>;

/** What an authenticator needs; it is valid once a code made with it was confirmed. */
export const secondFactorSetUpSchema = z
  .object({
    /** Base32, to type in. */
    secret: z.string(),
    /** `otpauth://totp/…`, to show as a QR code. */
    otpauthUri: z.string(),
  })
  .meta({ id: 'SecondFactorSetUp' });
export type SecondFactorSetUp = z.infer<typeof secondFactorSetUpSchema>;

export const confirmSecondFactorRequestSchema = z.strictObject({ code: secondFactorCodeSchema });
export type ConfirmSecondFactorRequest = z.infer<typeof confirmSecondFactorRequestSchema>;

/** The only place where recovery codes are shown. Each replaces a code once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** Either proves that the caller is the member. */
export const removeSecondFactorRequestSchema = z
  .strictObject({
    password: z.string().min(1).max(200).optional(),
    code: secondFactorCodeSchema.optional(),
  })
  .refine((request) => (request.password === undefined) !== (request.code === undefined), {
    message: 'give the password or a code, one of the two',
  });
export type RemoveSecondFactorRequest = z.infer<typeof removeSecondFactorRequestSchema>;
