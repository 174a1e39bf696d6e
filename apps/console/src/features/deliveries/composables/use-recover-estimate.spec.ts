import type { RecoveryEstimate, RecoverRequest } from '@im/contracts/api/recoveries';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { effectScope, shallowRef } from 'vue';
import { estimateRecovery } from '../recoveries.api.js';
import { useRecoverEstimate } from './use-recover-estimate.js';

vi.mock('../recoveries.api.js', () => ({ estimateRecovery: vi.fn() }));

const REQUEST: RecoverRequest = {
  from: '2026-11-20T00:00:00.000Z',
  to: '2026-11-21T00:00:00.000Z',
  status: 'failed',
};
const WEBHOOK = { appKey: 'ak_1', webhookId: 'w1' };
const estimate = vi.mocked(estimateRecovery);
const scope = effectScope();

afterEach(() => estimate.mockReset());
afterAll(() => {
  scope.stop();
});

function start(first: RecoverRequest | undefined) {
  const request = shallowRef(first);
  const started = scope.run(() =>
    useRecoverEstimate(
      () => WEBHOOK,
      () => request.value,
    ),
  );
  if (!started) throw new Error('the scope has ended');
  return { request, ...started };
}

describe('the estimate of a recovery', () => {
  it.each<[string, RecoveryEstimate, string]>([
    [
      'count and duration',
      { count: 493, isCountFinal: true, estimatedSeconds: 3 },
      '会发送 493 条，约 3 秒。',
    ],
    [
      'the least count when there are too many to count',
      { count: 120_000, isCountFinal: false, estimatedSeconds: 600 },
      '至少会发送 120,000 条，约 10 分钟。',
    ],
    ['that there is nothing', { count: 0, isCountFinal: true, estimatedSeconds: 0 }, '没有可以恢复的投递。'],
  ])('gives %s', async (_, answer, text) => {
    estimate.mockResolvedValue(answer);
    const { text: shown } = start(REQUEST);
    expect(shown.value).toBe('');
    await vi.waitFor(() => expect(shown.value).toBe(text));
  });

  it('is made again after a change, and not without a valid request', async () => {
    estimate.mockResolvedValue({ count: 493, isCountFinal: true, estimatedSeconds: 3 });
    const { request, state, text } = start(undefined);
    await vi.waitFor(() => expect(state.data.value).toBeNull());
    expect(estimate).not.toHaveBeenCalled();
    request.value = { ...REQUEST, status: 'skipped' };
    await vi.waitFor(() => expect(text.value).not.toBe(''), { timeout: 5_000 });
    expect(estimate.mock.calls.map(([webhook, { status }]) => [webhook, status])).toEqual([
      [WEBHOOK, 'skipped'],
    ]);
  });
});
