import type { RouteRecordRaw } from 'vue-router';

export const webhooksRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/im-webhooks',
    component: () => import('./views/WebhooksView.vue'),
    props: true,
    meta: { title: 'webhooks.title' },
  },
  {
    path: '/apps/:appKey/im-webhooks/:webhookId',
    component: () => import('./views/WebhookView.vue'),
    props: true,
    meta: { title: 'webhooks.detail.title' },
  },
];
