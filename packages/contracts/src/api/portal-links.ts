/** Defines portal links: what a customer's developer opens without an account, and what they may do there. */
import { z } from 'zod';
import {
  MAX_PORTAL_ORIGINS,
  MAX_PORTAL_SECONDS,
  MAX_PORTAL_WEBHOOKS,
  MIN_PORTAL_SECONDS,
  PORTAL_PERMISSIONS,
} from './access-constants.js';
import { boundedList } from './bounded.js';
import { nameText, plainText, uuidSchema } from './common.js';
import { isFrameOrigin } from '../urls/frame-origin.js';

export const portalPermissionSchema = z.enum(PORTAL_PERMISSIONS);
export type PortalPermission = z.infer<typeof portalPermissionSchema>;

const frameOriginSchema = plainText(1, 300).refine(
  isFrameOrigin,
  'must be an origin such as https://app.example.com, without a path; http only for localhost',
);

export const createPortalLinkRequestSchema = z.strictObject({
  /** Whom it is for; the audit log names it. */
  name: nameText(100).optional(),
  /** The webhooks it shows; absent: all of the app, later ones too. */
  webhookIds: boundedList(uuidSchema, MAX_PORTAL_WEBHOOKS).min(1).optional(),
  /** `read` is always one of them. */
  permissions: boundedList(portalPermissionSchema, PORTAL_PERMISSIONS.length).refine(
    (permissions) => permissions.includes('read'),
    'must include read',
  ),
  expiresInSeconds: z.number().int().min(MIN_PORTAL_SECONDS).max(MAX_PORTAL_SECONDS),
  /** Pages of these origins may show the portal in a frame; absent: none. */
  allowedOrigins: boundedList(frameOriginSchema, MAX_PORTAL_ORIGINS).optional(),
});
export type CreatePortalLinkRequest = z.infer<typeof createPortalLinkRequestSchema>;

export const portalLinkSchema = z
  .object({
    linkId: z.string(),
    appKey: z.string(),
    /** Empty: it has none. */
    name: z.string(),
    /** Null: all webhooks of the app. */
    webhookIds: z.array(z.string()).nullable(),
    permissions: z.array(portalPermissionSchema),
    allowedOrigins: z.array(z.string()),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'PortalLink' });
export type PortalLink = z.infer<typeof portalLinkSchema>;

/** The answer to create: the only place where token and URL are shown. */
export const createdPortalLinkSchema = portalLinkSchema
  .extend({
    token: z.string(),
    /** The link itself; its token is in the fragment, which browsers do not send. */
    url: z.string(),
  })
  .meta({ id: 'CreatedPortalLink' });
export type CreatedPortalLink = z.infer<typeof createdPortalLinkSchema>;

export const openPortalRequestSchema = z.strictObject({ token: plainText(1, 200) });

/** What the page of a portal link needs. */
export const portalSessionSchema = z
  .object({
    /** `Authorization: Bearer …` of the calls that follow; it ends when the link is revoked or expires. */
    accessToken: z.string(),
    /** When the access token ends; the link's token gets another one. */
    expiresAt: z.string(),
    linkExpiresAt: z.string(),
    appKey: z.string(),
    appName: z.string(),
    permissions: z.array(portalPermissionSchema),
    /** By name; URLs masked. */
    webhooks: z.array(
      z.object({ webhookId: z.string(), name: z.string(), url: z.string(), enabled: z.boolean() }),
    ),
  })
  .meta({ id: 'PortalSession' });
export type PortalSession = z.infer<typeof portalSessionSchema>;
