import type { RecoverRequest } from '@im/contracts/api/recoveries';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useRecoverForm } from './use-recover-form.js';

const DAY_MS = 86_400_000;
const send = vi.fn<(request: RecoverRequest) => Promise<void>>();

afterEach(() => send.mockReset());

describe('the form of a recovery', () => {
  it('asks for the failed deliveries of the last day unless asked otherwise', async () => {
    const { submit } = useRecoverForm(send);
    expect(await submit()).toBe(true);
    const [request] = send.mock.calls[0] ?? [];
    expect(request).toMatchObject({ status: 'failed', ratePerSecond: 200 });
    expect(Date.parse(request?.to ?? '') - Date.parse(request?.from ?? '')).toBe(DAY_MS);
  });

  it('takes what is chosen', async () => {
    const { form, submit } = useRecoverForm(send);
    const [from, to] = ['2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'];
    Object.assign(form, { status: 'missing', range: 'custom', from: new Date(from), to: new Date(to) });
    form.ratePerSecond = 50;
    await submit();
    expect(send).toHaveBeenCalledExactlyOnceWith({ from, to, status: 'missing', ratePerSecond: 50 });
  });

  it.each([
    ['without its ends', undefined, undefined],
    ['that ends before it begins', new Date(DAY_MS), new Date(0)],
  ])('sends no range %s, and says why', async (_what, from, to) => {
    const { form, submit, errorAt } = useRecoverForm(send);
    Object.assign(form, { range: 'custom', from, to });
    expect(await submit()).toBe(false);
    expect(send).not.toHaveBeenCalled();
    expect(errorAt('/from')).toContain('开始要早于结束');
  });

  it('keeps what the server says against it', async () => {
    send.mockRejectedValue(new Error('The webhook is disabled'));
    const { submit, error } = useRecoverForm(send);
    expect(await submit()).toBe(false);
    expect(error.value).toEqual(new Error('The webhook is disabled'));
  });
});
