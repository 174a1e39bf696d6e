import { z } from 'zod';
import { ROLES } from './access-constants.js';
import { plainText } from './common.js';

export { CSRF_HEADER, CSRF_HEADER_VALUE } from './access-constants.js';

/** Carries the session of a browser. */
export const SESSION_COOKIE = 'imc_session';
/** Its name if `PUBLIC_URL` is https: no other host and no page without https can set it. */
export const SECURE_SESSION_COOKIE = `__Host-${SESSION_COOKIE}`;
/** Its name below a path of an https host: sent to that path only, which `__Host-` does not allow. */
export const SECURE_PATH_SESSION_COOKIE = `__Secure-${SESSION_COOKIE}`;

export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const passwordSchema = z
  .string()
  .min(8)
  .max(200)
  .refine((password) => password.isWellFormed(), 'must not have half of a surrogate pair');

/** Six digits from an authenticator, or a recovery code; spaces and dashes do not matter. */
export const secondFactorCodeSchema = plainText(1, 40).trim().min(1);

export const loginRequestSchema = z.strictObject({
  email: plainText(1, 254).trim().toLowerCase().min(1),
  password: z.string().min(1).max(200),
  /** Of a member with a second factor: six digits from the authenticator, or a recovery code. */
  code: secondFactorCodeSchema.optional(),
});
export type LoginRequest = z.infer<typeof loginRequestSchema>;

export const changePasswordRequestSchema = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: passwordSchema,
});
export type ChangePasswordRequest = z.infer<typeof changePasswordRequestSchema>;

export const currentUserSchema = z
  .object({
    userId: z.string(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    tenantId: z.string(),
    tenantName: z.string(),
    /** Manages the tenants of this installation; never in a session opened through single sign-on. */
    isOperator: z.boolean(),
    hasSecondFactor: z.boolean(),
    /** The tenant requires one: until it is set up, everything but that is refused. */
    mustSetUpSecondFactor: z.boolean(),
    /** Another member set the password: until it is changed, everything but that is refused. */
    mustChangePassword: z.boolean(),
  })
  .meta({ id: 'CurrentUser' });
export type CurrentUser = z.infer<typeof currentUserSchema>;

/** How a session was opened: with a password, or through single sign-on. */
export const sessionMethodSchema = z.enum(['password', 'oidc']);
export type SessionMethod = z.infer<typeof sessionMethodSchema>;

export const sessionSchema = z
  .object({
    /** The id of the session, which is not a credential. */
    sessionId: z.string(),
    method: sessionMethodSchema,
    createdAt: z.string(),
    /** Exact to the minute. */
    lastSeenAt: z.string(),
    /** When it ends unless it is used. */
    expiresAt: z.string(),
    ipAddress: z.string().nullable(),
    /** Browser and system in words, such as `Chrome 141 · macOS`; null when the browser did not say. */
    device: z.string().nullable(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

/** Which ways of logging in there are. */
export const authMethodsSchema = z
  .object({
    password: z.boolean(),
    oidc: z
      .object({
        /** What the button says. */
        label: z.string(),
        /** Where the browser goes to log in. */
        url: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'AuthMethods' });
export type AuthMethods = z.infer<typeof authMethodsSchema>;

/** Why single sign-on was refused; the login page is opened with `?sso=<reason>`. */
export const ssoFailureSchema = z.enum([
  'denied',
  'expired',
  'failed',
  'unavailable',
  'no_email',
  'unknown_member',
  'disabled',
  'suspended',
]);
export type SsoFailure = z.infer<typeof ssoFailureSchema>;

/** What an identity provider sends back; it may add parameters of its own. */
export const oidcCallbackQuerySchema = z.looseObject({
  code: plainText(1, 4_000).optional(),
  state: plainText(1, 500).optional(),
  error: plainText(1, 500).optional(),
});

export const oidcLoginQuerySchema = z.strictObject({
  /** Path of the console to open afterwards. */
  redirect: plainText(1, 2_000).optional(),
});
