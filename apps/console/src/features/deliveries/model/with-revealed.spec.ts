import type { Attempt, DeliveryDetail } from '@im/contracts/api/deliveries';
import { describe, expect, it } from 'vitest';
import { withRevealed } from './with-revealed.js';

const attempt = (number: number, responseBody: string) => ({ attempt: number, responseBody }) as Attempt;

function delivery(override: Partial<DeliveryDetail>): DeliveryDetail {
  return { deliveryId: 'd1', isContentMasked: true, payload: '***', ...override } as DeliveryDetail;
}

const masked = delivery({ status: 'success', attemptLog: [attempt(1, '***')] });
const revealed = delivery({
  isContentMasked: false,
  status: 'pending',
  payload: 'words',
  attemptLog: [attempt(1, 'answer')],
});

describe('a delivery and what was revealed of it', () => {
  it('shows the content, and of everything else what is known now', () => {
    expect(withRevealed(masked, revealed)).toMatchObject({
      isContentMasked: false,
      status: 'success',
      payload: 'words',
      attemptLog: [{ responseBody: 'answer' }],
    });
  });

  it('is masked again as soon as there is an attempt that was not revealed', () => {
    const retried = { ...masked, attemptLog: [attempt(1, '***'), attempt(2, '***')] };
    expect(withRevealed(retried, revealed)).toMatchObject({
      isContentMasked: true,
      payload: 'words',
      attemptLog: [{ responseBody: 'answer' }, { responseBody: '***' }],
    });
  });

  it.each([
    ['nothing was revealed', undefined],
    ['another delivery was revealed', { ...revealed, deliveryId: 'd2' }],
  ])('stays masked while %s', (_name, other) => {
    expect(withRevealed(masked, other)).toBe(masked);
  });
});
