import type { ChangePasswordRequest, CurrentUser, LoginRequest, Role } from '@im/contracts/api/auth';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, type Ref } from 'vue';
import { getSession, postLogin, postLogout, postPassword } from './session.api.js';

/** What a role may do in the console. The server decides again on every call. */
const PERMISSIONS = {
  manageApps: ['admin'],
  revealSecrets: ['admin'],
  manageWebhooks: ['admin', 'developer'],
  manageSources: ['admin', 'developer'],
  redeliver: ['admin', 'developer', 'support'],
  handleAlerts: ['admin', 'developer', 'support'],
  resolveAlerts: ['admin', 'developer'],
  manageAlertRules: ['admin', 'developer'],
  manageMembers: ['admin'],
  manageApiTokens: ['admin', 'developer'],
  readAuditLog: ['admin'],
  readEventTypes: ['admin', 'developer', 'support'],
  manageEventTypes: ['admin', 'developer'],
  readChannels: ['admin', 'developer', 'support'],
  manageChannels: ['admin', 'developer'],
  // And operators only, see below.
  manageTenants: ['admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

export const rolesWith = (permission: Permission): readonly Role[] => PERMISSIONS[permission];

function mayDo(permission: Permission, user: CurrentUser | null): boolean {
  if (permission === 'manageTenants' && !user?.isOperator) return false;
  return user !== null && rolesWith(permission).includes(user.role);
}

export const useSessionStore = defineStore('session', () => {
  const user = ref<CurrentUser | null>(null);
  /** Whether the server has been asked who is logged in. */
  const isKnown = ref(false);
  /** Why the server could not be asked; pages cannot be shown then. */
  const failure = ref<unknown>(null);

  /** The password just logged in with, while it has to be replaced; never stored. */
  const passwordToReplace = ref('');

  const role = computed(() => user.value?.role ?? null);

  const { isGuest, welcomeGuest, can } = usePermissions(user);

  /** Asks the server once; a missing session is an answer, an unreachable server is a failure. */
  async function check(): Promise<void> {
    failure.value = null;
    try {
      user.value = await getSession();
      isKnown.value = true;
    } catch (error) {
      failure.value = error;
    }
  }

  async function login(credentials: LoginRequest): Promise<void> {
    await postLogin(credentials);
    await check();
    passwordToReplace.value = user.value?.mustChangePassword ? credentials.password : '';
  }

  async function logout(): Promise<void> {
    await postLogout();
    clear();
  }

  async function changePassword(request: ChangePasswordRequest): Promise<void> {
    await postPassword(request);
    passwordToReplace.value = '';
  }

  function clear(): void {
    user.value = null;
    passwordToReplace.value = '';
    isKnown.value = true;
  }

  return {
    user,
    role,
    isKnown,
    failure,
    passwordToReplace,
    isGuest,
    can,
    welcomeGuest,
    check,
    login,
    logout,
    changePassword,
    clear,
  };
});

/**
 * What a person may do: a member by their role, a guest what the portal link allows. A guest has no account, and sees no
 * links to other pages and nothing that is for members only.
 */
function usePermissions(user: Ref<CurrentUser | null>) {
  const ofGuest = shallowRef<readonly Permission[] | null>(null);
  return {
    isGuest: computed(() => ofGuest.value !== null),
    welcomeGuest: (permissions: readonly Permission[]) => {
      ofGuest.value = permissions;
    },
    can: (permission: Permission) => ofGuest.value?.includes(permission) ?? mayDo(permission, user.value),
  };
}
