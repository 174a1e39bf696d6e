import type { RouteRecordRaw } from 'vue-router';

export const appsRoutes: RouteRecordRaw[] = [
  { path: '/apps', component: () => import('./views/AppsView.vue'), meta: { title: 'apps.title' } },
];
