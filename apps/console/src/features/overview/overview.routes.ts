import type { RouteRecordRaw } from 'vue-router';

export const overviewRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey',
    component: () => import('./views/OverviewView.vue'),
    props: true,
    meta: { title: 'overview.title' },
  },
];
