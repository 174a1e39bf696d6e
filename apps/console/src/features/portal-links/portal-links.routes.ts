import type { RouteRecordRaw } from 'vue-router';

export const portalLinksRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/portal-links',
    component: () => import('./views/PortalLinksView.vue'),
    props: true,
    meta: { title: 'portal.title', permission: 'manageWebhooks' },
  },
];
