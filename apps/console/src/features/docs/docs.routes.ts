import type { RouteRecordRaw } from 'vue-router';

export const docsRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/docs',
    component: () => import('./docs-pages.js').then(({ DocsView }) => DocsView),
    props: true,
    meta: { title: 'docs.title', permission: 'manageWebhooks' },
  },
];
