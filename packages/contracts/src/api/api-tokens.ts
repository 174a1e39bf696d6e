import { z } from 'zod';
import { API_TOKEN_SCOPES } from './access-constants.js';
import { boundedList } from './bounded.js';
import { instantSchema, nameText, plainText } from './common.js';

export const apiTokenScopeSchema = z.enum(API_TOKEN_SCOPES);
export type ApiTokenScope = z.infer<typeof apiTokenScopeSchema>;

export const createApiTokenRequestSchema = z.strictObject({
  name: nameText(100),
  scopes: boundedList(apiTokenScopeSchema, apiTokenScopeSchema.options.length).min(1),
  /** Binds the token to one app; absent: every app of the tenant. */
  appKey: plainText(1, 100).optional(),
  expiresAt: instantSchema.optional(),
});
export type CreateApiTokenRequest = z.infer<typeof createApiTokenRequestSchema>;

export const updateApiTokenRequestSchema = z.strictObject({
  name: nameText(100).optional(),
  /** Null: it does not expire. */
  expiresAt: instantSchema.nullable().optional(),
});
export type UpdateApiTokenRequest = z.infer<typeof updateApiTokenRequestSchema>;

export const apiTokenSchema = z
  .object({
    tokenId: z.string(),
    name: z.string(),
    scopes: z.array(apiTokenScopeSchema),
    appKey: z.string().nullable(),
    /** The token's first characters, enough to recognise it by. */
    prefix: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiTokenSchema>;

/** The answer to create: the only place where the token is shown. */
export const createdApiTokenSchema = apiTokenSchema
  .extend({ token: z.string() })
  .meta({ id: 'CreatedApiToken' });
export type CreatedApiToken = z.infer<typeof createdApiTokenSchema>;
