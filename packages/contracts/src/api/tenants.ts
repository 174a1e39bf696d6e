import { z } from 'zod';
import { emailSchema } from './auth.js';
import { nameText } from './common.js';

export const createTenantRequestSchema = z.strictObject({
  name: nameText(100),
  /** The tenant's first admin, who adds the others. */
  adminEmail: emailSchema,
});
export type CreateTenantRequest = z.infer<typeof createTenantRequestSchema>;

export const updateTenantRequestSchema = z.strictObject({
  name: nameText(100).optional(),
  /** Members of a suspended tenant cannot log in, and its API tokens and app signatures are refused. */
  isSuspended: z.boolean().optional(),
});
export type UpdateTenantRequest = z.infer<typeof updateTenantRequestSchema>;

/** A tenant as operators see it, without anything in it. */
export const tenantSchema = z
  .object({
    tenantId: z.string(),
    name: z.string(),
    isSuspended: z.boolean(),
    suspendedAt: z.string().nullable(),
    memberCount: z.number().int(),
    appCount: z.number().int(),
    createdAt: z.string(),
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.infer<typeof tenantSchema>;

/** The answer to create: the only place where the first admin's password is shown. */
export const createdTenantSchema = tenantSchema.extend({
  adminEmail: z.string(),
  temporaryPassword: z.string(),
});
export type CreatedTenant = z.infer<typeof createdTenantSchema>;

/** How many admins a member is shown. */
export const MAX_ADMIN_EMAILS = 3;

/** One's own tenant. */
export const ownTenantSchema = z
  .object({
    tenantId: z.string(),
    name: z.string(),
    /** Members who log in with a password need a second factor. */
    requiresSecondFactor: z.boolean(),
    /** Whom to ask for what one's own role may not do: some of its enabled admins, the oldest first. */
    adminEmails: z.array(z.string()).max(MAX_ADMIN_EMAILS),
    createdAt: z.string(),
  })
  .meta({ id: 'OwnTenant' });
export type OwnTenant = z.infer<typeof ownTenantSchema>;

export const updateOwnTenantRequestSchema = z.strictObject({
  name: nameText(100).optional(),
  requiresSecondFactor: z.boolean().optional(),
});
export type UpdateOwnTenantRequest = z.infer<typeof updateOwnTenantRequestSchema>;
