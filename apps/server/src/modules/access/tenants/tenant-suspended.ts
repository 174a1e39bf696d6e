import { DomainError } from '../../../platform/errors/domain-error.js';

/** What everybody of a suspended tenant is answered, once it is known that they are who they say. */
export function tenantSuspended(): DomainError {
  return new DomainError('tenant_suspended', 'The tenant is suspended; ask who runs this service');
}
