import type { debug as zhDebug } from '../zh/debug.js';

export const debug: typeof zhDebug = {
  title: 'Signature debugger',
  lead: 'Paste a request and see, line by line, where its signature differs.',
  docs: 'How to verify',
  delivery: 'Choose a delivery',
  chooseDelivery: 'Recent deliveries',
  noDeliveries: 'There are no deliveries yet',
  withoutRequest: 'This delivery has not been sent yet, or its content is no longer kept.',
  request: 'Request',
  requestHint:
    'As your receiver got it, or as you sent it to the API. The body starts after an empty line; keep every character of it.',
  fault: {
    headers:
      'No headers found. Paste one “Name: value” per line, an empty line, then the body; or a curl command.',
    file: 'The body is in a file, which this page cannot read. Use --data-raw with the body itself.',
  },
  secret: 'Secret',
  secretPlaceholder: 'Empty: the live secrets of the app and its webhooks',
  secretHint:
    'With the secret your receiver uses, you also see the signature it computes. It is used for this check only and never stored.',
  ownString: 'Your string to sign (optional)',
  ownStringPlaceholder: 'Paste the string your code signs to compare it line by line',
  emptyTitle: 'Paste a request to see the result here, line by line',
  emptyRaw: 'A raw request: request line, headers, an empty line, body.',
  emptyCurl: 'A curl command: a delivery’s “Copy as curl”, or your own script.',
  emptyDelivery: 'Or choose a delivery to see what we sent.',
  scheme: {
    'x-app': 'X-App-Signature',
    'standard-webhooks': 'webhook-signature (Standard Webhooks)',
    'body-hmac': 'Body only (…-Signature-256)',
  },
  verdict: {
    invalid: 'The signature does not match',
    incomplete: 'Headers are missing',
  },
  line: 'Line {number}',
  part: {
    appKey: 'AppKey',
    id: 'ID',
    timestamp: 'Timestamp',
    nonce: 'Nonce',
    body: 'SHA-256 of the body',
    key: 'Key',
    signature: 'Signature',
  },
  status: {
    ok: 'the same',
    warn: 'note',
    wrong: 'different',
    missing: 'missing',
    unknown: 'unknown',
  },
  noValue: 'none',
  own: 'Yours:',
  canonical: 'String to sign',
  expected: 'Signature computed with your secret',
};
