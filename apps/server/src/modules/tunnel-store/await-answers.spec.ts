import { expect, it } from 'vitest';
import { AwaitAnswersService } from './await-answers.service.js';
import type { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import type { TunnelAnswer } from './tunnel.js';
import type { TunnelHints } from './tunnel-hints.js';

const REQUEST = '019a0000-0000-7000-8000-00000000000a';
const ANSWER: TunnelAnswer = { status: 200, headers: '{}', body: Buffer.alloc(0) };

function awaitAnswers(requests: Partial<TunnelRequestsRepository>) {
  let hint: (requestId: string) => void = () => undefined;
  const hints = { listen: (_: string, listener: typeof hint) => (hint = listener) };
  const service = new AwaitAnswersService(
    requests as TunnelRequestsRepository,
    hints as unknown as TunnelHints,
  );
  return { service, hint: () => hint(REQUEST) };
}

it('returns what was answered before the time was over, and read only afterwards', async () => {
  const collected = Promise.withResolvers<Map<string, TunnelAnswer>>();
  const { service, hint } = awaitAnswers({
    collect: () => collected.promise,
    // The row is gone: it was collected, but the answer has not reached this process.
    withdraw: () => {
      setImmediate(() => {
        collected.resolve(new Map([[REQUEST, ANSWER]]));
      });
      return Promise.resolve(undefined);
    },
  });
  const answer = service.wait(REQUEST, 5);
  hint();
  expect(await answer).toBe(ANSWER);
});

it('returns what was answered at the last moment, and not read before', async () => {
  const { service } = awaitAnswers({
    collect: () => Promise.resolve(new Map()),
    withdraw: () => Promise.resolve(ANSWER),
  });
  expect(await service.wait(REQUEST, 0)).toBe(ANSWER);
});

it('returns nothing when nothing was answered', async () => {
  const { service } = awaitAnswers({
    collect: () => Promise.resolve(new Map()),
    withdraw: () => Promise.resolve(undefined),
  });
  expect(await service.wait(REQUEST, 0)).toBeUndefined();
});
