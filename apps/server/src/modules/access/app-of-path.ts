import type { Identity } from './identity/domain/identity.js';

export interface AppRef {
  appId: string;
  tenantId: string;
  appKey: string;
  name: string;
  /** The only webhooks of the app that exist for the caller; absent: all of them. */
  webhookIds?: readonly string[];
}

/** Whether a webhook of the app, and what is delivered to it, exists for the caller. */
export function isShown({ webhookIds }: AppRef, webhookId: string): boolean {
  return webhookIds?.includes(webhookId) ?? true;
}

/**
 * Finds the app that a path names. The apps module provides it; it is looked up at run time, so that access depends on
 * no other module.
 */
export abstract class AppOfPath {
  /** @throws DomainError 404 when the caller's tenant has no such app, 403 when the caller is bound to another one */
  abstract forCaller(identity: Identity, appKey: string): Promise<AppRef>;
}
