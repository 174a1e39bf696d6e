import { DomainError } from '../../../platform/errors/domain-error.js';

/** Makes the error for authenticated callers of a suspended tenant. */
export function tenantSuspended(): DomainError {
  return new DomainError('tenant_suspended', 'The tenant is suspended; ask who runs this service');
}
