/** Reads the claims of an identity provider, and maps them to a member and a role. */
import { emailSchema, type Role } from '@im/contracts/api/auth';

export interface OidcPerson {
  email: string;
  name: string;
}

const MAX_NAME_LENGTH = 100;
/** The most powerful first: a person in several groups gets the highest role that one of them gives. */
const ROLES: readonly Role[] = ['admin', 'developer', 'support'];

/**
 * @returns undefined unless the provider verified the email: with an unverified one, people could impersonate others
 */
export function personOf(claims: Readonly<Record<string, unknown>>): OidcPerson | undefined {
  const isVerified = claims.email_verified === true || claims.email_verified === 'true';
  const email = emailSchema.safeParse(claims.email);
  if (!isVerified || !email.success) return undefined;
  const { name } = claims;
  const shown =
    typeof name === 'string' ? name.replaceAll('\u0000', '').trim().slice(0, MAX_NAME_LENGTH) : '';
  return { email: email.data, name: shown || email.data };
}

/**
 * @param path of the claim; dots lead into objects, unless a claim has exactly that name
 * @returns undefined when no value of the claim maps to a role
 */
export function roleOf(
  claims: Readonly<Record<string, unknown>>,
  path: string,
  roleByValue: ReadonlyMap<string, Role>,
): Role | undefined {
  const claim = path in claims ? claims[path] : path.split('.').reduce<unknown>(memberOf, claims);
  const values: unknown[] = Array.isArray(claim) ? claim : [claim];
  const roles = new Set(values.map((value) => roleByValue.get(String(value))));
  return ROLES.find((role) => roles.has(role));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
