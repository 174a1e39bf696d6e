import type { delivery as zhDelivery } from '../zh/webhook-delivery.js';

export const delivery: typeof zhDelivery = {
  title: 'Delivery',
  format: 'Format',
  formats: {
    im: 'IM envelope',
    'standard-webhooks': 'Standard Webhooks',
    cloudevents: 'CloudEvents 1.0',
    raw: 'As received',
    flat: 'Flat',
  },
  formatHints: {
    im: 'The default: callbackId, event name, time and so on around the event, which is in data.',
    'standard-webhooks':
      'Just type, timestamp and data, for receivers written to the Standard Webhooks specification.',
    cloudevents: 'CloudEvents as structured JSON, for event buses and serverless platforms.',
    raw: 'Body and content type exactly as the source sent them, for receivers written against OpenIM or WuKongIM.',
    flat: 'event, timestamp, webhook_id, delivery_id and data, for receivers that read snake_case.',
  },
  signature: 'Signature scheme',
  signatures: {
    'x-app': 'X-App headers',
    'standard-webhooks': 'X-App and Standard Webhooks',
    'body-hmac': 'X-App and HMAC of the body',
  },
  signatureHints: {
    'x-app': 'Verified with the formula in the integration guide.',
    'standard-webhooks':
      'Adds webhook-id, webhook-timestamp and webhook-signature, which the Standard Webhooks libraries of every language verify. Secrets begin with whsec_.',
    'body-hmac':
      'Adds …-Signature-256: sha256=…, the HMAC-SHA256 of the body alone, as receivers written for GitHub-like webhooks verify it.',
  },
  signaturePrefix: 'Prefix of its headers',
  signaturePrefixHint: 'The signature is in {header}.',
  signaturePrefixInvalid: 'Begin with a letter; letters, digits and - only, at most 31',
  ordering: 'Order',
  orderings: {
    none: 'No fixed order',
    conversation: 'In order per conversation',
  },
  orderingHints: {
    none: 'Sent in parallel, as fast as it goes.',
    conversation:
      'One at a time per conversation: the next is sent once the one before arrived or was given up.',
  },
  batch: 'Batches',
  batchOff: 'Each event is a request of its own.',
  batchOn:
    'Sent once there are enough events or the wait is over. All events of one request succeed or are retried together.',
  batchNotRaw: 'Events sent as received always go out one by one.',
  maxEvents: 'At most',
  maxEventsUnit: 'events',
  maxEventsInvalid: 'Enter {min} to {max}',
  maxWait: 'Longest wait',
  maxWaitUnit: 'ms',
  maxWaitInvalid: 'Enter {min} to {max}',
  batchSummary: 'Up to {maxEvents} events, waiting {wait} at most',
  noBatch: 'One by one',
  rateLimit: 'Rate limit',
  rateLimitUnit: 'requests / second',
  rateLimitHint: '0 means no limit. What exceeds it is not dropped but waits.',
  rateLimitInvalid: 'Enter {min} to {max}; 0 means no limit',
  rateLimitSummary: 'At most {limit} requests a second',
  noRateLimit: 'No limit',
};
