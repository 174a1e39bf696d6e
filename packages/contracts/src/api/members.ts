import { z } from 'zod';
import { emailSchema, passwordSchema, roleSchema } from './auth.js';
import { nameText } from './common.js';

export const createMemberRequestSchema = z.strictObject({
  email: emailSchema,
  name: nameText(100).optional(),
  role: roleSchema,
  /** Absent: the server makes one and answers it, once. */
  password: passwordSchema.optional(),
});
export type CreateMemberRequest = z.infer<typeof createMemberRequestSchema>;

export const updateMemberRequestSchema = z.strictObject({
  name: nameText(100).optional(),
  role: roleSchema.optional(),
  isDisabled: z.boolean().optional(),
  /** Whether the member manages the tenants of this installation; only operators may set it. */
  isOperator: z.boolean().optional(),
});
export type UpdateMemberRequest = z.infer<typeof updateMemberRequestSchema>;

export const memberSchema = z
  .object({
    memberId: z.string(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    isDisabled: z.boolean(),
    isOperator: z.boolean(),
    hasSecondFactor: z.boolean(),
    lastLoginAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;

/** The answer to create and reset: the only place where a generated password is shown. */
export const memberWithPasswordSchema = memberSchema
  .extend({ temporaryPassword: z.string().optional() })
  .meta({ id: 'MemberWithPassword' });
export type MemberWithPassword = z.infer<typeof memberWithPasswordSchema>;
