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
    im: 'Default: callbackId, event name and time, with the event in data.',
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
  signaturePrefix: 'Header prefix',
  signaturePrefixHint: 'The signature is in {header}.',
  signaturePrefixInvalid: 'Start with a letter; only letters, digits and -, at most 31 characters',
  ordering: 'Order',
  orderings: {
    none: 'No fixed order',
    conversation: 'In order per conversation',
  },
  orderingHints: {
    none: 'Sent in parallel, as fast as possible.',
    conversation:
      'One at a time per conversation: the next is sent once the previous one was delivered or failed.',
  },
  batch: 'Batches',
  batchOff: 'One request per event.',
  batchOn: 'Sent when the batch is full or the wait is over. A batch succeeds or is retried as a whole.',
  batchNotRaw: 'As-received events are always sent one by one.',
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
  rateLimitHint: '0 means no limit. Excess deliveries wait; nothing is dropped.',
  rateLimitInvalid: 'Enter {min} to {max}; 0 means no limit',
  rateLimitSummary: 'At most {limit} per second',
  noRateLimit: 'No limit',
};
