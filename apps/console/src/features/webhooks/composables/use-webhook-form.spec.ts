import { expect, it, vi } from 'vitest';
import { ApiError } from '../../../shared/http/api-error.js';
import { getWebhook } from '../../../shared/webhooks/webhooks.api.js';
import { sampleWebhook } from '../../../testing/sample-webhook.js';
import { updateWebhook } from '../webhooks.api.js';
import { useWebhookForm } from './use-webhook-form.js';

vi.mock(import('../../../shared/webhooks/webhooks.api.js'), async (importOriginal) => ({
  ...(await importOriginal()),
  getWebhook: vi.fn(),
}));
vi.mock(import('../webhooks.api.js'), async (importOriginal) => ({
  ...(await importOriginal()),
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
