import type { RouteRecordRaw } from 'vue-router';

export const notificationsRoutes: RouteRecordRaw[] = [
  {
    path: '/settings/notification-channels',
    component: () => import('./views/ChannelsView.vue'),
    meta: { title: 'notifications.title', permission: 'readChannels' },
  },
];
