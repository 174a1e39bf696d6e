import type { RouteRecordRaw } from 'vue-router';

/** @param log the log of one webhook, which is a tab of its page */
export function webhooksRoutes(log: RouteRecordRaw): RouteRecordRaw[] {
  return [
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
      children: [
        {
          path: '',
          component: () => import('./views/WebhookOverviewTab.vue'),
          meta: { title: 'webhooks.detail.title' },
        },
        log,
        {
          path: 'settings',
          component: () => import('./views/WebhookSettingsTab.vue'),
          meta: { title: 'webhooks.detail.tabs.settings' },
        },
        {
          path: 'signing',
          component: () => import('./views/WebhookSigningTab.vue'),
          meta: { title: 'webhooks.detail.tabs.signing' },
        },
        {
          path: 'history',
          component: () => import('./views/WebhookHistoryTab.vue'),
          meta: { title: 'webhooks.detail.tabs.history' },
        },
      ],
    },
  ];
}
