import type { Role } from '@im/contracts/api/auth';
import { createPinia, setActivePinia } from 'pinia';
import { useSessionStore, type Permission } from '../stores/session.js';

/** From here on components are shown as to a person of this role. */
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

/** From here on components are shown as to a person whom a portal link let in. */
export function welcomeGuest(permissions: readonly Permission[] = []): void {
  setActivePinia(createPinia());
  useSessionStore().welcomeGuest(permissions);
}
