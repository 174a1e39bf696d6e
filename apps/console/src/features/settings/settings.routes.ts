import type { RouteRecordRaw } from 'vue-router';

export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: '/settings/members',
    component: () => import('./views/MembersView.vue'),
    meta: { title: 'settings.members.title', permission: 'manageMembers' },
  },
  {
    path: '/settings/api-tokens',
    component: () => import('./views/ApiTokensView.vue'),
    meta: { title: 'settings.tokens.title', permission: 'manageApiTokens' },
  },
  {
    path: '/settings/audit-log',
    component: () => import('./views/AuditLogView.vue'),
    meta: { title: 'settings.audit.title', permission: 'readAuditLog' },
  },
  {
    path: '/settings/tenants',
    component: () => import('./views/TenantsView.vue'),
    meta: { title: 'settings.tenants.title', permission: 'manageTenants' },
  },
];
