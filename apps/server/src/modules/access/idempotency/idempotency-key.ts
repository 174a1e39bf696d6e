/** Reads Idempotency-Key headers, and computes what a key and a body are recognised by. */
import { hash } from 'node:crypto';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { actorIdOf, type Identity } from '../identity/domain/identity.js';

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/** @throws DomainError `invalid_input` */
export function readKey(header: string | string[]): string {
  if (typeof header === 'string' && KEY.test(header)) return header;
  throw DomainError.invalid({
    pointer: 'Idempotency-Key',
    code: 'invalid_format',
    message: 'must have 1 to 200 printable ASCII characters',
  });
}

/** Where a key is unique: two callers, routes or apps may use the same one. */
export interface KeyScope {
  identity: Identity;
  operationId: string;
  appId: string | undefined;
}

export function keyHashOf(key: string, { identity, operationId, appId }: KeyScope): Buffer {
  const parts = [identity.tenantId, identity.kind, actorIdOf(identity), operationId, appId ?? '', key];
  return hash('sha256', JSON.stringify(parts), 'buffer');
}

export function bodyHashOf(body: Buffer | undefined): string {
  return hash('sha256', body ?? '', 'base64');
}

/** `{data}` without the members that are shown only once. */
export function withoutSecrets(answer: unknown, secrets: readonly string[]): unknown {
  const { data } = answer as { data: Record<string, unknown> };
  return {
    data: Object.fromEntries(Object.entries(data).filter(([name]) => !secrets.includes(name))),
  };
}
