import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router';
import { accessRoutes, profileRoutes } from '../features/access/access.routes.js';
import { alertsRoutes } from '../features/alerts/alerts.routes.js';
import { appsRoutes } from '../features/apps/apps.routes.js';
import { deliveriesRoutes, webhookLogRoute } from '../features/deliveries/deliveries.routes.js';
import { debuggerRoutes } from '../features/debugger/debugger.routes.js';
import { docsRoutes } from '../features/docs/docs.routes.js';
import { eventTypesRoutes } from '../features/event-types/event-types.routes.js';
import { notificationsRoutes } from '../features/notifications/notifications.routes.js';
import { portalLinksRoutes } from '../features/portal-links/portal-links.routes.js';
import { overviewRoutes } from '../features/overview/overview.routes.js';
import { settingsRoutes } from '../features/settings/settings.routes.js';
import { sourcesRoutes } from '../features/sources/sources.routes.js';
import { testReceiverRoutes } from '../features/test-receiver/test-receiver.routes.js';
import { traceRoutes } from '../features/trace/trace.routes.js';
import { webhooksRoutes } from '../features/webhooks/webhooks.routes.js';
import { loadPageTexts, translate } from '../i18n/i18n.js';
import { BASE_PATH } from '../shared/http/service-address.js';
import { paths } from '../shared/navigation/paths.js';
import { notifyFailure } from '../shared/ui/notify.js';
import { useSessionStore } from '../stores/session.js';
import { landingPage } from './landing.js';
import { settingsItems } from './navigation.js';
import { portalRoutes } from './portal/portal.routes.js';
import { scrollPosition } from './scroll-position.js';
import './route-meta.js';

/** Within the layout. */
const PAGES: RouteRecordRaw[] = [
  {
    path: '',
    component: () => import('./NotFoundView.vue'),
    beforeEnter: () => landingPage(useSessionStore().role),
    meta: { title: 'shell.product' },
  },
  ...appsRoutes,
  ...overviewRoutes,
  ...webhooksRoutes(webhookLogRoute),
  ...testReceiverRoutes,
  ...deliveriesRoutes,
  ...traceRoutes,
  ...alertsRoutes,
  ...sourcesRoutes,
  ...portalLinksRoutes,
  ...docsRoutes,
  ...debuggerRoutes,
  ...notificationsRoutes,
  {
    path: '/settings',
    component: () => import('./NotFoundView.vue'),
    beforeEnter: () => firstSettingsPage(),
    meta: { title: 'frame.nav.settings' },
  },
  ...settingsRoutes,
  ...eventTypesRoutes,
  ...profileRoutes,
  {
    path: ':rest(.*)*',
    component: () => import('./NotFoundView.vue'),
    meta: { title: 'shell.notFoundTitle' },
  },
];

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory(BASE_PATH),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its replacement is still experimental
    scrollBehavior: scrollPosition,
    routes: [
      ...accessRoutes,
      ...portalRoutes,
      {
        path: '/',
        component: loadLayout,
        meta: { title: 'shell.product' },
        children: PAGES,
      },
    ],
  });
  // Most often an upgraded server no longer has the file of this page.
  router.onError(() => notifyFailure(translate('shell.pageLoadFailed')));
  return router;
}

/** Each role has some of them; all have their own account. */
function firstSettingsPage(): string {
  const session = useSessionStore();
  return settingsItems((permission) => session.can(permission))[0]?.to ?? paths.profile;
}

/** No page of the layout is shown before its texts are loaded. */
async function loadLayout() {
  const [layout] = await Promise.all([import('./Layout.vue'), loadPageTexts()]);
  return layout;
}
