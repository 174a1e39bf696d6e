import type { Attempt, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { SignatureExplanation } from '@im/contracts/api/signature-explanation';
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { eventually } from '../../../testing/eventually.js';
import { explainSignature, getDelivery, listRecentDeliveries } from '../debugger.api.js';
import DebuggerView from './DebuggerView.vue';

vi.mock('../debugger.api.js', () => ({
  explainSignature: vi.fn(),
  getDelivery: vi.fn(),
  listRecentDeliveries: vi.fn(),
}));

const VALID: SignatureExplanation = {
  scheme: 'x-app',
  verdict: 'valid',
  summary: { zh: '签名正确', en: 'right' },
  canonicalString: 'ak_1\n1\n2\n3',
  expectedSignature: null,
  fittingKey: null,
  clockOffsetMs: 0,
  parts: [{ part: 'appKey', status: 'ok', value: 'ak_1' }],
  findings: [],
};
const attempt = (number: number): Attempt =>
  ({ attempt: number, requestHeaders: { 'X-App-Attempt': String(number) } }) as Partial<Attempt> as Attempt;

enableAutoUnmount(afterEach);
beforeEach(() => {
  vi.mocked(listRecentDeliveries).mockResolvedValue({ data: [], page: { nextCursor: null } });
  vi.mocked(explainSignature).mockResolvedValue({ schemes: [VALID] });
});
afterEach(() => {
  vi.clearAllMocks();
});

async function show(query: string, delivery: Partial<DeliveryDetail> = {}) {
  const detail: Partial<DeliveryDetail> = {
    deliveryId: 'd1',
    url: 'https://x.test/c',
    requestBody: '{"a":1}\r\n',
    isContentMasked: false,
    attemptLog: [attempt(1), attempt(2)],
    ...delivery,
  };
  vi.mocked(getDelivery).mockResolvedValue(detail as DeliveryDetail);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/apps/:appKey/debug', component: DebuggerView, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } },
    ],
  });
  await router.push(`/apps/ak_1/debug${query}`);
  const wrapper = mount({ template: '<router-view />' }, { global: { plugins: [router] } });
  await flushPromises();
  return wrapper;
}

const bodyAsked = () => vi.mocked(explainSignature).mock.lastCall?.[1];

describe('the signature debugger', () => {
  it('explains the newest attempt of a delivery, with its bytes as they were sent', async () => {
    const wrapper = await show('?deliveryId=d1');
    await eventually(() =>
      expect(bodyAsked()).toEqual({ headers: { 'X-App-Attempt': '2' }, body: '{"a":1}\r\n' }),
    );
    await eventually(() => expect(wrapper.find('[data-testid="explanation"]').exists()).toBe(true));
    expect(wrapper.get('[data-testid="verdict"]').text()).toBe('签名正确');
  });

  it('takes the attempt that the URL names', async () => {
    await show('?deliveryId=d1&attempt=1');
    await eventually(() => expect(bodyAsked()?.headers).toEqual({ 'X-App-Attempt': '1' }));
  });

  it('explains a delivery that could be loaded only by a retry', async () => {
    vi.mocked(getDelivery).mockRejectedValueOnce(new Error('no answer'));
    const wrapper = await show('?deliveryId=d1');
    expect(explainSignature).not.toHaveBeenCalled();
    await wrapper.get('[data-testid="error-notice"] button').trigger('click');
    await eventually(() => expect(bodyAsked()?.headers).toEqual({ 'X-App-Attempt': '2' }));
    expect(wrapper.find('[data-testid="error-notice"]').exists()).toBe(false);
  });

  it.each([
    ['was not sent yet', { attemptLog: [] }],
    ['has a body that is no longer kept', { requestBody: null }],
  ])('says so when the delivery %s', async (_, delivery) => {
    const wrapper = await show('?deliveryId=d1', delivery);
    expect(wrapper.text()).toContain('这次投递还没有发出，或请求内容已过保留期');
    expect(wrapper.find('[data-testid="no-explanation"]').exists()).toBe(true);
  });

  it('asks with the secret given, and only then', async () => {
    const wrapper = await show('');
    await wrapper.get('[data-testid="pasted-request"]').setValue('A: 1\n\nbody');
    await eventually(() => expect(bodyAsked()).toEqual({ headers: { A: '1' }, body: 'body' }));
    await wrapper.get('[data-testid="debug-secret"]').setValue('s3cret');
    await eventually(() =>
      expect(bodyAsked()).toEqual({ headers: { A: '1' }, body: 'body', secret: 's3cret' }),
    );
  });

  it('sends no question for a text that is no request', async () => {
    const wrapper = await show('');
    await wrapper.get('[data-testid="pasted-request"]').setValue('{"a":1}');
    await eventually(() => expect(wrapper.text()).toContain('没有认出请求头'));
    expect(explainSignature).not.toHaveBeenCalled();
  });
});
