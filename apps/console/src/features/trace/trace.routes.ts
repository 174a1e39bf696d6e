import type { RouteRecordRaw } from 'vue-router';

export const traceRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/trace',
    component: () => import('./views/TraceView.vue'),
    props: true,
    meta: { title: 'trace.title' },
  },
];
