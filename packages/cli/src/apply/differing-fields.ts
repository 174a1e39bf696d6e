/** Finds which fields of a resource differ from the file. A pure function. */
import { fillRetryPolicy } from '@im/contracts/api/retry-presets';
import { isDeepStrictEqual } from 'node:util';
import type { Fields } from './read-config.js';

/** Fields that the service does not return, or never changes. */
const WRITE_ONLY: ReadonlySet<string> = new Set(['secret', 'clientCertificate']);
/** They only take effect at creation. */
const FIXED: ReadonlySet<string> = new Set(['kind', 'overridesBuiltIn']);

/**
 * A secret that exists cannot be read, so it counts as equal.
 *
 * @param actual as the service answers it
 * @returns the names of the fields to change
 */
export function differingFields(wanted: Fields, actual: Fields): string[] {
  return Object.keys(wanted).filter((name) => !FIXED.has(name) && !isAsWanted(name, wanted[name], actual));
}

function isAsWanted(name: string, wanted: unknown, actual: Fields): boolean {
  if (WRITE_ONLY.has(name) || (hasName(name) in actual && !(name in actual))) {
    return (wanted !== null && wanted !== '') === actual[hasName(name)];
  }
  const value = actual[name];
  if (name === 'url') return urlText(wanted) === urlText(value);
  if (name === 'retryPolicy' && isObject(wanted)) return isSame(fillRetryPolicy(wanted), value);
  if (name === 'headers' || name === 'schema' || name === 'example') return isSame(wanted, value);
  // Members of a setting that the file does not name stay unchanged.
  if (isObject(wanted) && isObject(value)) return differingFields(wanted, value).length === 0;
  return isSame(typeof wanted === 'string' ? wanted.trim() : wanted, value);
}

/** As in JSON: a field without a value is absent. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function hasName(name: string): string {
  return `has${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the service stores it. */
function urlText(url: unknown): unknown {
  return typeof url === 'string' && URL.canParse(url.trim()) ? new URL(url.trim()).href : url;
}
