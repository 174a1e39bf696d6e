import { flushPromises, mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../shared/http/api-error.js';
import { eventually } from '../../../testing/eventually.js';
import { beginSecondFactor, confirmSecondFactor } from '../profile.api.js';
import SecondFactorSetUp from './SecondFactorSetUp.vue';

vi.mock('../profile.api.js');

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const otpauthUri = `otpauth://totp/IM:li@example.com?secret=${SECRET}`;

beforeEach(() => {
  vi.mocked(beginSecondFactor).mockResolvedValue({ secret: SECRET, otpauthUri });
});

async function show() {
  const shown = mount(SecondFactorSetUp);
  await flushPromises();
  return shown;
}

async function confirm(shown: Awaited<ReturnType<typeof show>>, code: string): Promise<void> {
  await shown.get('input').setValue(code);
  await shown.get('form').trigger('submit');
  await flushPromises();
}

describe('setting up a second factor', () => {
  it('shows the key as a QR code and as text', async () => {
    const shown = await show();
    expect(shown.get('[data-testid="totp-secret"]').text()).toBe(SECRET);
    // A code of that length takes at least 33 modules a side, and its border.
    expect(Number(shown.get('svg[role="img"]').attributes('viewBox')?.split(' ')[2])).toBeGreaterThan(40);
  });

  it('asks for the password first when the server does', async () => {
    const asked = { pointer: '/password', code: 'required', message: 'is needed' } as const;
    vi.mocked(beginSecondFactor)
      .mockRejectedValueOnce(new ApiError({ code: 'invalid_input', status: 422, errors: [asked] }))
      .mockRejectedValueOnce(new ApiError({ code: 'invalid_credentials', status: 401 }));
    const shown = await show();
    expect(shown.find('[data-testid="totp-secret"]').exists()).toBe(false);
    await confirm(shown, 'wrong');
    await eventually(() => expect(shown.text()).toContain('密码不正确'));
    expect(shown.text()).not.toContain('邮箱');
    await confirm(shown, 'right');
    expect(beginSecondFactor).toHaveBeenLastCalledWith('right');
    expect(shown.get('[data-testid="totp-secret"]').text()).toBe(SECRET);
  });

  it('says at the field what is wrong with a code, and sends none that is empty', async () => {
    const error = { pointer: '/code', code: 'invalid_value', message: 'is wrong' } as const;
    vi.mocked(confirmSecondFactor).mockRejectedValue(
      new ApiError({ code: 'invalid_input', status: 422, errors: [error] }),
    );
    const shown = await show();
    await confirm(shown, ' ');
    expect(confirmSecondFactor).not.toHaveBeenCalled();
    await confirm(shown, '123456');
    await eventually(() => expect(shown.text()).toContain('这个值不被接受'));
    expect(shown.emitted('done')).toBeUndefined();
  });

  it('shows the recovery codes once it is on, and goes on when they are kept', async () => {
    vi.mocked(confirmSecondFactor).mockResolvedValue({ recoveryCodes: ['aaaa-bbbb', 'cccc-dddd'] });
    const shown = await show();
    await confirm(shown, ' 123456 ');
    expect(confirmSecondFactor).toHaveBeenCalledWith('123456');
    expect(shown.findAll('li').map((item) => item.text())).toEqual(['aaaa-bbbb', 'cccc-dddd']);
    expect(shown.emitted('done')).toBeUndefined();
    await shown.get('.el-button--primary:last-child').trigger('click');
    expect(shown.emitted('done')).toHaveLength(1);
  });
});
