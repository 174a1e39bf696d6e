import type { RouteRecordRaw } from 'vue-router';

export const eventTypesRoutes: RouteRecordRaw[] = [
  {
    path: '/settings/event-types',
    component: () => import('./views/EventTypesView.vue'),
    meta: { title: 'eventTypes.title', permission: 'readEventTypes' },
  },
];
