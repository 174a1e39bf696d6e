import type { Role } from '@im/contracts/api/auth';
import { createPinia, setActivePinia } from 'pinia';
import { useSessionStore, type Permission } from '../stores/session.js';

/** Renders components as for a member of this role from now on. */
export function logInAs(role: Role): void {
  setActivePinia(createPinia());
  useSessionStore().user = {
    userId: 'u1',
    email: 'li@example.com',
    name: 'Li',
    role,
    tenantId: 't1',
    tenantName: 'Team',
    isOperator: false,
    hasSecondFactor: false,
    mustSetUpSecondFactor: false,
    mustChangePassword: false,
  };
}

/** Renders components as for the holder of a portal link from now on. */
export function welcomeGuest(permissions: readonly Permission[] = []): void {
  setActivePinia(createPinia());
  useSessionStore().welcomeGuest(permissions);
}
