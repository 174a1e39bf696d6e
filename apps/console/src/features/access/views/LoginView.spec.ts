import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { ApiError } from '../../../shared/http/api-error.js';
import { getAuthMethods, postLogin } from '../../../stores/session.api.js';
import LoginView from './LoginView.vue';

vi.mock('../../../stores/session.api.js');

const OIDC = { label: 'Example SSO', url: '/api/v1/auth/oidc/login' };

beforeEach(() => {
  vi.resetAllMocks();
  setActivePinia(createPinia());
  vi.mocked(getAuthMethods).mockResolvedValue({ password: true, oidc: null });
});

async function show(path = '/login') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: LoginView }],
  });
  await router.push(path);
  const shown = mount(LoginView, { global: { plugins: [router] } });
  await flushPromises();
  return shown;
}

describe('single sign-on on the login page', () => {
  it('is offered where it is set up, and leads to where the person wanted to go', async () => {
    vi.mocked(getAuthMethods).mockResolvedValue({ password: true, oidc: OIDC });
    const shown = await show('/login?redirect=/apps/ak_1');
    const button = shown.get('[data-testid="sso-button"]');
    expect(button.text()).toBe('用 Example SSO 登录');
    expect(button.attributes('href')).toBe('/api/v1/auth/oidc/login?redirect=%2Fapps%2Fak_1');
  });

  it('is not offered where it is not, nor when that cannot be asked', async () => {
    expect((await show()).find('[data-testid="sso-button"]').exists()).toBe(false);
    vi.mocked(getAuthMethods).mockRejectedValue(new ApiError({ code: 'network_unreachable', status: 0 }));
    expect((await show()).find('[data-testid="sso-button"]').exists()).toBe(false);
  });

  it.each([
    ['unknown_member', '这里没有使用这个邮箱的成员'],
    ['expired', '这次登录已过期'],
  ])('says why it did not work: %s', async (reason, words) => {
    const shown = await show(`/login?sso=${reason}`);
    expect(shown.get('[data-testid="sso-notice"]').text()).toContain(words);
  });

  it('ignores an unknown reason in the address', async () => {
    const shown = await show('/login?sso=buy+now');
    expect(shown.find('[data-testid="sso-notice"]').exists()).toBe(false);
  });
});

describe('a member with a second factor', () => {
  it('is asked for the code after the password, and may start over', async () => {
    vi.mocked(postLogin).mockRejectedValue(new ApiError({ code: 'second_factor_required', status: 401 }));
    const shown = await show();
    await shown.get('#login-email').setValue('li@example.com');
    await shown.get('#login-password').setValue('secret');
    await shown.get('form').trigger('submit');
    await flushPromises();
    await shown.get('#login-code').setValue(' 123456 ');
    await shown.get('form').trigger('submit');
    await flushPromises();
    expect(postLogin).toHaveBeenLastCalledWith({
      email: 'li@example.com',
      password: 'secret',
      code: '123456',
    });
    await shown.get('form .el-button.is-text').trigger('click');
    expect(shown.find('#login-password').exists()).toBe(true);
  });
});
