import type { RouteRecordRaw } from 'vue-router';

export const alertsRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/im-webhook-alerts',
    component: () => import('./views/AlertsView.vue'),
    props: true,
    meta: { title: 'alerts.title' },
    children: [
      {
        path: '',
        component: () => import('./views/IncidentsTab.vue'),
        props: true,
        meta: { title: 'alerts.title' },
      },
      {
        path: 'history',
        component: () => import('./views/AlertHistoryTab.vue'),
        props: true,
        meta: { title: 'alerts.tabs.history' },
      },
      {
        path: 'rules',
        component: () => import('./views/AlertRulesTab.vue'),
        props: true,
        meta: { title: 'alerts.tabs.rules' },
      },
      {
        path: 'channels',
        component: () => import('./views/AlertChannelsTab.vue'),
        props: true,
        meta: { title: 'alerts.tabs.channels' },
      },
    ],
  },
];
