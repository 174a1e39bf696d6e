import type { RouteRecordRaw } from 'vue-router';

export const debuggerRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/debug',
    component: () => import('./views/DebuggerView.vue'),
    props: true,
    meta: { title: 'debug.title', permission: 'manageWebhooks' },
  },
];
