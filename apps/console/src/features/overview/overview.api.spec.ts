import { beforeEach, expect, it, vi } from 'vitest';
import { call } from '../../shared/http/call.js';
import { sampleWebhook } from '../../testing/sample-webhook.js';
import { loadWebhooks } from './overview.api.js';

vi.mock('../../shared/http/call.js', () => ({ call: vi.fn() }));

const { signal } = new AbortController();

/** Answers pages of one webhook each. */
function answerPages(count: number): void {
  for (let page = 1; page <= count; page++) {
    const nextCursor = page === count ? null : `after-${String(page)}`;
    vi.mocked(call).mockResolvedValueOnce({
      data: [sampleWebhook({ webhookId: `w${String(page)}` })],
      page: { nextCursor },
    });
  }
}

beforeEach(() => {
  vi.mocked(call).mockReset();
});

it.each([
  [1, 1, true],
  [5, 5, true],
  [6, 5, false],
])('of %i pages of webhooks loads %i, and says that these are all: %s', async (pages, loaded, areAll) => {
  answerPages(pages);
  const found = await loadWebhooks('ak_1', signal);
  expect(found.webhooks.map(({ webhookId }) => webhookId)).toEqual(
    Array.from({ length: loaded }, (_, index) => `w${String(index + 1)}`),
  );
  expect(found.areAll).toBe(areAll);
});
