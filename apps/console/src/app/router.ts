import { createRouter, createWebHistory, type Router } from 'vue-router';
import { accessRoutes, profileRoutes } from '../features/access/access.routes.js';
import { alertsRoutes } from '../features/alerts/alerts.routes.js';
import { appsRoutes } from '../features/apps/apps.routes.js';
import { deliveriesRoutes } from '../features/deliveries/deliveries.routes.js';
import { notificationsRoutes } from '../features/notifications/notifications.routes.js';
import { settingsRoutes } from '../features/settings/settings.routes.js';
import { webhooksRoutes } from '../features/webhooks/webhooks.routes.js';
import { loadPageTexts, translate } from '../i18n/i18n.js';
import { notifyFailure } from '../shared/ui/notify.js';
import './route-meta.js';

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...accessRoutes,
      {
        path: '/',
        component: loadLayout,
        meta: { title: 'shell.product' },
        children: [
          { path: '', redirect: '/apps' },
          ...appsRoutes,
          ...webhooksRoutes,
          ...deliveriesRoutes,
          ...alertsRoutes,
          ...notificationsRoutes,
          ...settingsRoutes,
          ...profileRoutes,
          {
            path: ':rest(.*)*',
            component: () => import('./NotFoundView.vue'),
            meta: { title: 'shell.notFoundTitle' },
          },
        ],
      },
    ],
  });
  router.afterEach((to, from) => {
    if (to.path !== from.path) window.scrollTo(0, 0);
  });
  // Most often an upgraded server no longer has the file that this page asks for.
  router.onError(() => notifyFailure(translate('shell.pageLoadFailed')));
  return router;
}

/** No page of the layout shows before its texts are there. */
async function loadLayout() {
  const [layout] = await Promise.all([import('./Layout.vue'), loadPageTexts()]);
  return layout;
}
