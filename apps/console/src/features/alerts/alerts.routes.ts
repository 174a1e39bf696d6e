import type { RouteRecordRaw } from 'vue-router';

export const alertsRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/im-webhook-alerts',
    component: () => import('./views/AlertsView.vue'),
    props: true,
    meta: { title: 'alerts.title' },
  },
];
