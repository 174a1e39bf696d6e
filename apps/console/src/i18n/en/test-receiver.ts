import type { testReceiver as zh } from '../zh/test-receiver.js';

export const testReceiver: typeof zh = {
  title: 'Test receiver',
  lead: 'No receiver of your own yet? See what a callback looks like, whether its signature is valid, and how failures are retried.',
  try: 'Try the test receiver',
  see: 'See the test receiver',
  short: 'Receiver',
  send: 'Send an example event',
  noWebhook: 'The event was accepted, but no enabled webhook subscribes to it.',
  noneTitle: 'There is no test receiver yet',
  noneText:
    'One click creates it with a webhook that leads to it. You need neither a public address nor code.',
  noneForOthers: 'An admin or a developer can create it.',
  address: 'Address',
  modeLabel: 'Answers',
  mode: { ok: 'Normal', fail: 'Fail', hang: 'Silent', refuse: 'Refuse' },
  modeHint: {
    ok: 'Answers 200, or 401 when the signature is not valid.',
    fail: 'Answers 500: deliveries are retried by their policy.',
    hang: 'Does not answer until the webhook times out. At most 20 requests at once; others get 429.',
    refuse: 'Refuses the connection, as if nothing were listening.',
  },
  requests: 'Requests received',
  requestsHint: 'The last {max} of the last {hours} hours, refreshed every 3 seconds.',
  emptyTitle: 'No requests yet',
  emptyText: 'Send an example event, or a test from the webhook.',
  requestTitle: 'Request received',
  fromOutside: '{method} · from outside',
  batch: 'Batch · {count} event | Batch · {count} events',
  noAnswer: 'No answer',
  answered: 'Answered HTTP {status}',
  toDelivery: 'See this delivery',
  headers: 'Request headers',
  body: 'Request body',
  isBase64: 'The body is not UTF-8 text, so it is shown in Base64.',
  isTruncated: 'The body is long; only its first 64 KiB were kept.',
  gone: 'This request is no longer among those that are kept',
  verdict: {
    valid: 'Signature valid',
    header_missing: 'Signature headers missing',
    other_app_key: 'AppKey of another app',
    timestamp_out_of_window: 'Timestamp off by more than 5 minutes',
    signature_differs: 'Signature differs',
  },
  advice: {
    header_missing: 'Not all headers of the webhook’s signature scheme are there.',
    other_app_key: 'X-App-Key is the AppKey of another app.',
    timestamp_out_of_window:
      'The timestamp is more than 5 minutes from now: the request is a replay, or the sender’s clock is wrong.',
    signature_differs:
      'No live secret gives the signature in the headers: the secret is another one, or the body was changed.',
  },
};
