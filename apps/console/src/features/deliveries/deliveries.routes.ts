import type { RouteRecordRaw } from 'vue-router';

const DeliveriesView = () => import('./log-pages.js').then((pages) => pages.DeliveriesView);

export const deliveriesRoutes: RouteRecordRaw[] = [
  {
    path: '/apps/:appKey/deliveries',
    component: DeliveriesView,
    props: (route) => ({ appKey: route.params.appKey, webhookId: undefined }),
    meta: { title: 'deliveries.titleOfApp' },
  },
];

/** The log of one webhook, a tab of its page. */
export const webhookLogRoute: RouteRecordRaw = {
  path: 'deliveries',
  component: DeliveriesView,
  props: true,
  meta: { title: 'deliveries.title' },
};
