import type { RouteRecordRaw } from 'vue-router';
import { loadPageTexts } from '../../i18n/i18n.js';

/** A link that may be framed names its id, for which the server allows it. */
const PORTAL_PATH = '/portal/:linkId([\\da-f]{8}-[\\da-f-]{27})?';

export const portalRoutes: RouteRecordRaw[] = [
  {
    path: PORTAL_PATH,
    component: loadPortal,
    meta: { title: 'portal.page.title', isPublic: true, isPortal: true },
    children: [
      {
        path: '',
        component: () => pages().then(({ PortalLog }) => PortalLog),
        meta: { title: 'portal.page.title' },
      },
      { path: 'docs', component: () => import('./PortalDocs.vue'), meta: { title: 'portal.page.docsTitle' } },
    ],
  },
];

const pages = () => import('./portal-pages.js');

/** No part of the page is shown before its texts are loaded. */
async function loadPortal() {
  const [{ PortalLayout }] = await Promise.all([pages(), loadPageTexts()]);
  return PortalLayout;
}
