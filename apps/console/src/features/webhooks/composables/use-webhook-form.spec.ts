import { expect, it, vi } from 'vitest';
import { ApiError } from '../../../shared/http/api-error.js';
import { getWebhook } from '../../../shared/webhooks/webhooks.api.js';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { createWebhook, listWebhooks, updateWebhook } from '../webhooks.api.js';
import { useWebhookForm } from './use-webhook-form.js';

vi.mock(import('../../../shared/webhooks/webhooks.api.js'), async (importOriginal) => ({
  ...(await importOriginal()),
  getWebhook: vi.fn(),
}));
vi.mock(import('../webhooks.api.js'), async (importOriginal) => ({
  ...(await importOriginal()),
  createWebhook: vi.fn(),
  listWebhooks: vi.fn(),
  updateWebhook: vi.fn(),
}));

it('when another member saved first, their values come in, what was typed stays, and the next save goes through', async () => {
  const seen = sampleWebhook({ name: 'old' });
  const theirs = sampleWebhook({ name: 'theirs', timeoutMs: 3_000, revision: 2 });
  const detail = 'The webhook is at revision 2 by now: li@example.com changed it';
  vi.mocked(updateWebhook).mockRejectedValueOnce(
    new ApiError({ code: 'precondition_failed', status: 412, detail }),
  );
  vi.mocked(getWebhook).mockResolvedValue(theirs);
  const { form, contested, error, save } = useWebhookForm('ak_1', seen);
  form.value.name = 'mine';
  form.value.url = 'https://example.com/mine';

  expect(await save()).toBeUndefined();
  expect(error.value).toMatchObject({ code: 'precondition_failed', detail });
  expect(form.value).toMatchObject({ name: 'mine', url: 'https://example.com/mine', timeoutSeconds: 3 });
  expect(contested.value).toEqual(['name']);

  const saved = sampleWebhook({ revision: 3 });
  vi.mocked(updateWebhook).mockResolvedValueOnce(saved);
  expect(await save()).toEqual(saved);
  expect(vi.mocked(updateWebhook)).toHaveBeenLastCalledWith(theirs, {
    name: 'mine',
    url: 'https://example.com/mine',
  });
});

it('when another webhook decides about the event already, it is named next to the field', async () => {
  const message = 'the webhook "审核" decides about "message.sent" already';
  const errors = [{ pointer: '/before/events', code: 'already_taken', message } as const];
  vi.mocked(createWebhook).mockRejectedValueOnce(new ApiError({ code: 'conflict', status: 409, errors }));
  const deciding = {
    events: ['group.created', 'message.sent'],
    deadlineMs: 1_500,
    onFailure: 'allow',
  } as const;
  const other = sampleWebhook({
    webhookId: 'w2',
    name: '审核',
    before: { ...deciding, events: [...deciding.events] },
  });
  vi.mocked(listWebhooks).mockResolvedValue({
    data: [sampleWebhook(), other],
    page: { nextCursor: null, total: 2 },
  });
  const { form, error, openSections, takenBefore, save } = useWebhookForm('ak_1', null);
  form.value.url = 'https://example.com/';
  form.value.before = { isOn: true, events: ['message.sent'], deadlineMs: 1_500, onFailure: 'allow' };

  expect(await save()).toBeUndefined();
  expect(takenBefore.value).toBe('message.sent 已由「审核」决定，每个事件只能由一个回调地址决定。');
  expect(openSections.value).toEqual(['before']);
  expect(error.value).toBeNull();
});
