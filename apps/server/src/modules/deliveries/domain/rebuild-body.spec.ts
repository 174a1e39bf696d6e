import { describe, expect, it } from 'vitest';
import type { CallbackFormat } from '@im/contracts/api/delivery-settings';
import { callbackDelivery, callbackTarget, compositionOf } from '../../../testing/callback-parts.js';
import { composeCallback } from '../../dispatcher/domain/compose-callback.js';
import { rebuildBody } from './rebuild-body.js';

const FORMATS: CallbackFormat[] = ['im', 'standard-webhooks', 'cloudevents', 'raw', 'flat'];
const target = callbackTarget();
const delivery = callbackDelivery({ payload: '{"text":"你好"}' });

function sent(format: CallbackFormat, batchId: string | null = null) {
  const composition = { target: callbackTarget({ format }), deliveries: [delivery], batchId } as const;
  const { headers, body } = composeCallback(compositionOf(composition));
  return { headers: Object.fromEntries(headers), text: body.toString('utf8') };
}

describe('a body is rebuilt', () => {
  it.each(FORMATS)('as it was sent in the format %s, even if the webhook’s has changed', (format) => {
    const { headers, text } = sent(format);
    for (const now of FORMATS) expect(rebuildBody({ ...target, format: now }, delivery, headers)).toBe(text);
  });

  it.each(FORMATS.filter((format) => format !== 'raw'))('of a batch of %s as its own entry', (format) => {
    const { headers, text } = sent(format, 'b-1');
    const entry = rebuildBody(target, delivery, headers);
    expect(JSON.parse(entry)).toMatchObject({ data: { text: '你好' } });
    expect(text).toContain(`[${entry}]`);
  });

  it('before the first attempt as the webhook’s format has it now', () => {
    expect(rebuildBody({ ...target, format: 'raw' }, delivery, null)).toBe(delivery.payload);
  });
});
