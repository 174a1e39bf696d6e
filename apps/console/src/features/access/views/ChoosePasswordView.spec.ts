import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { ApiError } from '../../../shared/http/api-error.js';
import { useSessionStore } from '../../../stores/session.js';
import { getSession, postLogin, postPassword } from '../../../stores/session.api.js';
import { logInAs } from '../../../testing/log-in-as.js';
import ChoosePasswordView from './ChoosePasswordView.vue';

vi.mock('../../../stores/session.api.js');

beforeEach(() => {
  vi.resetAllMocks();
  logInAs('support');
});

/** @param password just logged in with; absent: the page was loaded again since */
async function show(password?: string) {
  const session = useSessionStore();
  const { user } = session;
  if (!user) throw new Error('No one is logged in');
  vi.mocked(getSession).mockResolvedValue({ ...user, mustChangePassword: true });
  vi.mocked(postLogin).mockResolvedValue(user);
  if (password === undefined) await session.check();
  else await session.login({ email: user.email, password });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: ChoosePasswordView }],
  });
  await router.push('/choose-password?redirect=/apps/ak_1');
  const shown = mount(ChoosePasswordView, { global: { plugins: [router] } });
  vi.mocked(getSession).mockResolvedValue({ ...user, mustChangePassword: false });
  const enter = async (entries: Record<string, string>) => {
    for (const [id, text] of Object.entries(entries)) await shown.get(`#password-${id}`).setValue(text);
    await shown.get('form').trigger('submit');
    await flushPromises();
  };
  return { shown, router, enter };
}

const OWN = { next: 'my own words', repeated: 'my own words' };

describe('choosing a password after another member set one', () => {
  it('asks who has just logged in for the new one only, and leads to where they wanted to go', async () => {
    const { shown, router, enter } = await show('given to me');
    expect(shown.find('#password-current').exists()).toBe(false);
    await enter(OWN);
    expect(postPassword).toHaveBeenCalledWith({ currentPassword: 'given to me', newPassword: OWN.next });
    expect(router.currentRoute.value.fullPath).toBe('/apps/ak_1');
    expect(useSessionStore().passwordToReplace).toBe('');
  });

  it('asks for the current one too when the page was loaded again', async () => {
    const { enter } = await show();
    await enter({ current: 'given to me', ...OWN });
    expect(postPassword).toHaveBeenCalledWith({ currentPassword: 'given to me', newPassword: OWN.next });
  });

  it.each([
    ['the same as before', { next: 'given to me', repeated: 'given to me' }, '请换一个与现在不同的密码'],
    ['too short', { next: 'short', repeated: 'short' }, '至少 8 个字符'],
    ['not the same twice', { next: 'my own words', repeated: 'my own wards' }, '两次输入不一致'],
  ])('takes none that is %s', async (_, entries, words) => {
    const { shown, enter } = await show('given to me');
    await enter(entries);
    await vi.waitFor(() => expect(shown.text()).toContain(words));
    expect(postPassword).not.toHaveBeenCalled();
  });

  it('asks for the current one when it has changed since the login', async () => {
    const fault = { pointer: '/currentPassword', code: 'invalid_value', message: 'is not yours' } as const;
    vi.mocked(postPassword).mockRejectedValue(
      new ApiError({ code: 'invalid_input', status: 422, errors: [fault] }),
    );
    const { shown, enter } = await show('given to me');
    await enter(OWN);
    await vi.waitFor(() => expect(shown.find('#password-current').exists()).toBe(true));
  });
});
