import type { RouteRecordRaw } from 'vue-router';

export const testReceiverRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/im-webhooks/test-receiver',
    component: () => import('./views/TestReceiverView.vue'),
    props: true,
    meta: { title: 'testReceiver.title' },
  },
];
