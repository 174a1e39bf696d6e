import type { RouteRecordRaw } from 'vue-router';

export const docsRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/docs',
    component: () => import('./views/DocsView.vue'),
    props: true,
    meta: { title: 'docs.title', permission: 'manageWebhooks' },
  },
];
