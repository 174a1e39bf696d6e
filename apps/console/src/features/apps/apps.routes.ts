import type { RouteRecordRaw } from 'vue-router';

export const appsRoutes: RouteRecordRaw[] = [
  { path: '/apps', component: () => import('./views/AppsView.vue'), meta: { title: 'apps.title' } },
  {
    path: '/apps/:appKey/settings',
    component: () => import('./views/AppSettingsView.vue'),
    props: true,
    meta: { title: 'apps.settings.title', permission: 'manageApps' },
  },
];
