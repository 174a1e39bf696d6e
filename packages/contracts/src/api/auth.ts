import { z } from 'zod';
import { plainText } from './common.js';

/** Every write with a session cookie carries this header, which a foreign page cannot set. */
export const CSRF_HEADER = 'X-Requested-With';
export const CSRF_HEADER_VALUE = 'im-console';

/** Carries the session of a browser. */
export const SESSION_COOKIE = 'imc_session';

export const roleSchema = z.enum(['admin', 'developer', 'support']);
export type Role = z.infer<typeof roleSchema>;

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const passwordSchema = z.string().min(8).max(200);

export const loginRequestSchema = z.strictObject({
  email: plainText(1, 254).trim().toLowerCase().min(1),
  password: z.string().min(1).max(200),
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
  })
  .meta({ id: 'CurrentUser' });
export type CurrentUser = z.infer<typeof currentUserSchema>;
