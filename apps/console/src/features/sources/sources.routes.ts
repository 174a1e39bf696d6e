import type { RouteRecordRaw } from 'vue-router';

export const sourcesRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/sources',
    component: () => import('./views/SourcesView.vue'),
    props: true,
    meta: { title: 'sources.title', permission: 'manageSources' },
  },
  {
    path: '/apps/:appKey/sources/:sourceId',
    component: () => import('./views/SourceView.vue'),
    props: true,
    meta: { title: 'sources.title', permission: 'manageSources' },
  },
];
