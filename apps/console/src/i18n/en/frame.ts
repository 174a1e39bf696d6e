import type { frame as zhFrame } from '../zh/frame.js';

export const frame: typeof zhFrame = {
  skipToContent: 'Skip to content',
  openNavigation: 'Open navigation',
  navigation: 'Main navigation',
  switchApp: 'Switch app',
  allApps: 'All apps',
  userMenu: 'Account menu',
  profile: 'Login and security',
  changePassword: 'Change password',
  logout: 'Log out',
  notFoundText: 'The address may be mistyped, or what was here has been deleted.',
  backToApps: 'Back to the apps',
  forbidden: {
    roles: 'This page is only for: {roles}',
    operators: 'This page is only for the operators of this installation',
    and: ', ',
    ask: 'You can ask:',
  },
  nav: {
    apps: 'Apps',
    webhooks: 'Webhooks',
    deliveries: 'Delivery log',
    alerts: 'Alerts',
    sources: 'IM sources',
    settings: 'Settings',
    members: 'Members',
    apiTokens: 'API tokens',
    channels: 'Notification channels',
    auditLog: 'Audit log',
    tenants: 'Tenants',
  },
  role: {
    admin: 'Admin',
    developer: 'Developer',
    support: 'Support',
  },
};
