import type { RouteRecordRaw } from 'vue-router';
import { loadPageTexts } from '../../i18n/i18n.js';
import { paths } from '../../shared/navigation/paths.js';

/** Outside of the frame. */
export const accessRoutes: RouteRecordRaw[] = [
  {
    path: '/login',
    component: () => import('./views/LoginView.vue'),
    meta: { title: 'access.title', isPublic: true },
  },
  {
    path: paths.choosePassword,
    component: async () => {
      const [view] = await Promise.all([import('./views/ChoosePasswordView.vue'), loadPageTexts()]);
      return view;
    },
    meta: { title: 'profile.firstPassword.title' },
  },
  {
    path: '/set-up-second-factor',
    component: async () => {
      const [view] = await Promise.all([import('./views/SetUpSecondFactorView.vue'), loadPageTexts()]);
      return view;
    },
    meta: { title: 'profile.secondFactor.mustTitle' },
  },
];

export const profileRoutes: RouteRecordRaw[] = [
  {
    path: '/settings/profile',
    component: () => import('./views/ProfileView.vue'),
    meta: { title: 'profile.title' },
  },
];
