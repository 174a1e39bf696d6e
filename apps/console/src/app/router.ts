import { ElMessage } from 'element-plus/es/components/message/index.mjs';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import { accessRoutes } from '../features/access/access.routes.js';
import { alertsRoutes } from '../features/alerts/alerts.routes.js';
import { appsRoutes } from '../features/apps/apps.routes.js';
import { deliveriesRoutes } from '../features/deliveries/deliveries.routes.js';
import { webhooksRoutes } from '../features/webhooks/webhooks.routes.js';
import { translate } from '../i18n/i18n.js';
import './route-meta.js';

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...accessRoutes,
      {
        path: '/',
        component: () => import('./Layout.vue'),
        meta: { title: 'shell.product' },
        children: [
          { path: '', redirect: '/apps' },
          ...appsRoutes,
          ...webhooksRoutes,
          ...deliveriesRoutes,
          ...alertsRoutes,
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
  router.onError(() => ElMessage.error({ message: translate('shell.pageLoadFailed'), duration: 8000 }));
  return router;
}
