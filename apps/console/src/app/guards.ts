import type { CurrentUser } from '@im/contracts/api/auth';
import type { RouteLocationNormalized, Router } from 'vue-router';
import { onSessionEnd, onStepDue } from '../shared/http/client.js';
import { usePortalStore } from '../stores/portal.js';
import { useSessionStore } from '../stores/session.js';
import { paths } from '../shared/navigation/paths.js';
import { safeRedirect } from '../shared/navigation/safe-redirect.js';

/** Sends a person without a session to the login, and after it to the page they asked for. */
export function installGuards(router: Router): void {
  const session = useSessionStore();

  router.beforeEach(async (to, from) => {
    // Its token stays in the fragment, so that the page can be loaded again.
    if (to.meta.isPortal) return to.hash !== '' || from.hash === '' || { ...to, hash: from.hash };
    if (!session.isKnown) await session.check();
    // App.vue shows the failure instead of the page, and lets the person try again.
    if (session.failure) return true;
    const step = stepDueFor(session.user);
    if (step !== null) return to.path === step || toStep(step, to);
    const isBefore = ['/login', paths.choosePassword, paths.setUpSecondFactor].includes(to.path);
    if (session.user && isBefore) return safeRedirect(to.query.redirect);
    if (!session.user && !to.meta.isPublic) return toLogin(to);
    return true;
  });

  onStepDue(() => {
    const here = router.currentRoute.value;
    // Once the server requires it, the guard above leads there.
    void session.check().then(() => router.push({ path: here.fullPath, force: true }));
  });

  onSessionEnd(() => {
    const portal = usePortalStore();
    if (session.isGuest) {
      void portal.renew();
      return;
    }
    const wasLoggedIn = session.user !== null;
    session.clear();
    const here = router.currentRoute.value;
    if (wasLoggedIn && !here.meta.isPublic) {
      void router.push({ ...toLogin(here), query: { redirect: here.fullPath, ended: '1' } });
    }
  });
}

/** The page that a member has to complete before any other, in the order of the server. */
function stepDueFor(user: CurrentUser | null): string | null {
  if (user?.mustChangePassword) return paths.choosePassword;
  return user?.mustSetUpSecondFactor ? paths.setUpSecondFactor : null;
}

function toStep(path: string, to: RouteLocationNormalized) {
  const wanted = to.path === '/login' ? safeRedirect(to.query.redirect) : to.fullPath;
  return { path, query: { redirect: wanted } };
}

function toLogin(to: RouteLocationNormalized) {
  return { path: '/login', query: to.fullPath === '/' ? {} : { redirect: to.fullPath } };
}
