/** Explains what happens next to a waiting delivery, and when. */
import type { TracedWebhook } from '@im/contracts/api/trace';
import { instantText } from '@im/contracts/diagnosis/phrases';
import type { DeliveryFacts, WebhookFacts } from './trace-facts.js';

type Next = NonNullable<TracedWebhook['next']>;

/** @returns null: nothing, until a person resumes or enables the webhook */
export function whatIsNext(delivery: DeliveryFacts, { now, at }: WebhookFacts): Next | null {
  const { behindDeliveryId, nextAttemptAt, attempts, maxAttempts, heldBy } = delivery;
  if (heldBy === 'person' || (heldBy === 'breaker' && !now.isEnabled)) return null;
  if (behindDeliveryId !== null) return behind(behindDeliveryId);
  if (heldBy === 'breaker' && now.probeAt) return probe(now.probeAt);
  const attempt = `${String(attempts + 1)}/${String(maxAttempts)}`;
  if (nextAttemptAt && nextAttemptAt > at) {
    const when = instantText(nextAttemptAt.getTime());
    return {
      what: 'attempt',
      at: nextAttemptAt.toISOString(),
      behindDeliveryId: null,
      text: { zh: `第 ${attempt} 次尝试在 ${when}。`, en: `Attempt ${attempt} is due at ${when}.` },
    };
  }
  return {
    what: 'turn',
    at: null,
    behindDeliveryId: null,
    text: whenDueText(attempt, now.rateLimitPerSecond),
  };
}

function behind(deliveryId: string): Next {
  return {
    what: 'turn',
    at: null,
    behindDeliveryId: deliveryId,
    text: {
      zh: `同一会话要保持顺序：它排在投递 ${deliveryId} 之后，前一个成功或放弃后才发送。`,
      en: `The order of its conversation is kept: it goes out after delivery ${deliveryId} has succeeded or was given up.`,
    },
  };
}

function probe(probeAt: Date): Next {
  const when = instantText(probeAt.getTime());
  return {
    what: 'probe',
    at: probeAt.toISOString(),
    behindDeliveryId: null,
    text: {
      zh: `下一次探测在 ${when}，成功后积压会自动发出；也可以在控制台立即恢复。`,
      en: `The next probe is due at ${when}; once one succeeds, what waits goes out. The webhook can also be resumed now.`,
    },
  };
}

function whenDueText(attempt: string, rateLimitPerSecond: number): Next['text'] {
  const limit = rateLimitPerSecond > 0 ? String(rateLimitPerSecond) : null;
  return {
    zh: `第 ${attempt} 次尝试已到时间，轮到它就发送${limit ? `（该回调限速每秒 ${limit} 个请求）` : ''}。`,
    en: `Attempt ${attempt} is due now and goes out as soon as a request is free${limit ? ` (this webhook is limited to ${limit} requests a second)` : ''}.`,
  };
}
