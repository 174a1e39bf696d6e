import type { RouteLocationNormalized, Router } from 'vue-router';
import { onSecondFactorDue, onSessionEnd } from '../shared/http/client.js';
import { useSessionStore } from '../stores/session.js';
import { paths } from '../shared/navigation/paths.js';
import { safeRedirect } from '../shared/navigation/safe-redirect.js';

/** Nobody sees a page without a session; after login they arrive where they wanted to go. */
export function installGuards(router: Router): void {
  const session = useSessionStore();

  router.beforeEach(async (to) => {
    if (!session.isKnown) await session.check();
    // App.vue shows the failure instead of the page, and lets the person try again.
    if (session.failure) return true;
    if (session.user?.mustSetUpSecondFactor) return to.path === paths.setUpSecondFactor || toSetUp(to);
    const isBefore = to.path === '/login' || to.path === paths.setUpSecondFactor;
    if (session.user && isBefore) return safeRedirect(to.query.redirect);
    if (!session.user && !to.meta.isPublic) return toLogin(to);
    return true;
  });

  onSecondFactorDue(() => {
    const here = router.currentRoute.value;
    // Once the server has said so, the guard above leads there.
    void session.check().then(() => router.push({ path: here.fullPath, force: true }));
  });

  onSessionEnd(() => {
    const wasLoggedIn = session.user !== null;
    session.clear();
    const here = router.currentRoute.value;
    if (wasLoggedIn && !here.meta.isPublic) {
      void router.push({ ...toLogin(here), query: { redirect: here.fullPath, ended: '1' } });
    }
  });
}

function toSetUp(to: RouteLocationNormalized) {
  const wanted = to.path === '/login' ? safeRedirect(to.query.redirect) : to.fullPath;
  return { path: paths.setUpSecondFactor, query: { redirect: wanted } };
}

function toLogin(to: RouteLocationNormalized) {
  return { path: '/login', query: to.fullPath === '/' ? {} : { redirect: to.fullPath } };
}
