/** Reads the settings of single sign-on; it is off without OIDC_ISSUER. */
import { z } from 'zod';
import { roleSchema, type Role } from '@im/contracts/api/auth';
import { urlWithProtocol } from './service-urls.js';

/** Secrets are sent over it, so it needs https, except on this machine. */
const LOOPBACK_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

const issuerSchema = urlWithProtocol('http:', 'https:').refine(
  (text) => !URL.canParse(text) || isSafe(new URL(text)),
  'must start with https://, except on this machine',
);

const scopesSchema = z
  .string()
  .default('openid email profile')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((scopes) => scopes.includes('openid'), 'must contain openid');

const roleMapSchema = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => {
        const at = part.lastIndexOf('=');
        return [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()] as const;
      }),
  )
  .superRefine((pairs, context) => {
    for (const [value, role] of pairs) {
      if (value !== '' && roleSchema.safeParse(role).success) continue;
      const message = `must be pairs such as im-admins=admin; the roles are ${roleSchema.options.join(', ')}`;
      context.addIssue({ code: 'custom', message });
      return;
    }
  })
  .transform((pairs) => new Map(pairs as readonly (readonly [string, Role])[]));

/** Part of the environment's schema. */
export const oidcSettings = {
  /** The identity provider: the URL before `/.well-known/openid-configuration`. */
  OIDC_ISSUER: issuerSchema.optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000).optional(),
  /** Separated by spaces or commas. */
  OIDC_SCOPES: scopesSchema,
  /** What the button on the login page says. */
  OIDC_LABEL: z.string().trim().max(40, 'must have at most 40 characters').default('SSO'),
  /** The tenant whose members log in through it; absent: the first one. */
  OIDC_TENANT: z.guid('must be the id of a tenant').optional(),
  /** Whether a person whom only the provider knows becomes a member. */
  OIDC_CREATE_MEMBERS: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((value) => value === 'true'),
  /** The role of such a member, unless the claim gives another. */
  OIDC_DEFAULT_ROLE: z
    .enum(roleSchema.options, `must be ${roleSchema.options.join(', ')}`)
    .default('support'),
  /** Claim that decides the role at every login, with dots into objects: `realm_access.roles`. */
  OIDC_ROLE_CLAIM: z.string().max(200).optional(),
  /** Which values of that claim mean which role: `im-admins=admin,im-dev=developer`. */
  OIDC_ROLE_MAP: roleMapSchema,
};

interface OidcEnv {
  OIDC_ISSUER?: string | undefined;
  OIDC_CLIENT_ID?: string | undefined;
  OIDC_CLIENT_SECRET?: string | undefined;
  OIDC_ROLE_CLAIM?: string | undefined;
  OIDC_ROLE_MAP: ReadonlyMap<string, Role>;
  PUBLIC_URL?: string | undefined;
}

/** Checks that need several variables. */
export function oidcContradictions(env: OidcEnv): string[] {
  const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const;
  const isOn = env.OIDC_ISSUER !== undefined || env.OIDC_CLIENT_ID !== undefined;
  const missing = isOn ? needed.filter((name) => env[name] === undefined) : [];
  const hasClaim = env.OIDC_ROLE_CLAIM !== undefined;
  return [
    ...missing.map((name) => `${name} is required for single sign-on`),
    ...(hasClaim && env.OIDC_ROLE_MAP.size === 0 ? ['OIDC_ROLE_MAP is required with OIDC_ROLE_CLAIM'] : []),
    ...(!hasClaim && env.OIDC_ROLE_MAP.size > 0 ? ['OIDC_ROLE_CLAIM is required with OIDC_ROLE_MAP'] : []),
  ];
}

function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || LOOPBACK_HOSTS.has(url.hostname);
}
