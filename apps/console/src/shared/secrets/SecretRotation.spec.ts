import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { RotatingSecret } from './use-secret-rotation.js';
import { signatureGuideOf, X_APP_GUIDE } from './signature-guide.js';
import SecretRotation from './SecretRotation.vue';

const AT = '2026-11-21T08:00:00.000Z';
const idle = { isStaged: false, stagedAt: null, previousExpiresAt: null };
const staged = { isStaged: true, stagedAt: AT, previousExpiresAt: null };
const overlap = { isStaged: false, stagedAt: null, previousExpiresAt: AT };

function show(override: Partial<RotatingSecret> = {}, canRotate = true) {
  const secret: RotatingSecret = {
    kind: 'webhook',
    name: '订单系统',
    isFirst: false,
    rotation: idle,
    headers: X_APP_GUIDE,
    stage: () => Promise.resolve('next'),
    activate: () => Promise.resolve(),
    ...override,
  };
  return mount(SecretRotation, { props: { secret, canRotate } });
}

const at = (testId: string) => `[data-testid="${testId}"]`;

describe('a secret’s rotation', () => {
  it.each([
    ['nothing is under way', idle, '轮换', []],
    ['a next secret waits', staged, '重新生成', ['rotation-staged']],
    ['the old one goes on', overlap, '轮换', ['rotation-overlap']],
  ])('while %s offers the next step and shows the state', (_, rotation, action, states) => {
    const shown = show({ rotation });
    expect(shown.get(at('stage-secret')).text()).toBe(action);
    const visible = ['rotation-staged', 'rotation-overlap'].filter((state) => shown.find(at(state)).exists());
    expect(visible).toEqual(states);
  });

  it.each([
    ['x-app', 'X-App-Signature-Next', 'X-App-Signature-Previous'],
    ['standard-webhooks', 'webhook-signature', 'webhook-signature'],
    ['body-hmac', 'X-Acme-Signature-256-Next', 'X-Acme-Signature-256-Previous'],
  ] as const)('by %s names the headers that the other signatures are in', (scheme, next, previous) => {
    const shown = show({
      rotation: { ...staged, previousExpiresAt: AT },
      headers: signatureGuideOf({ signature: scheme, signaturePrefix: 'X-Acme' }),
    });
    expect(shown.get(at('rotation-staged')).text()).toContain(next);
    expect(shown.get(at('rotation-overlap')).text()).toContain(previous);
  });

  it('of a webhook that the AppSecret signs for is a first secret of its own, not a new AppSecret', () => {
    const shown = show({ isFirst: true });
    expect(shown.get(at('stage-secret')).text()).toBe('改用单独的密钥…');
    expect(shown.text()).not.toContain('轮换');
  });

  it('is shown to people who may not rotate, without the buttons', () => {
    const shown = show({ rotation: staged }, false);
    expect(shown.get(at('rotation-staged')).text()).toContain('新密钥待启用');
    expect(shown.findAll('button')).toHaveLength(0);
  });
});
