import type { debug as zhDebug } from '../zh/debug.js';

export const debug: typeof zhDebug = {
  title: 'Signature debugger',
  lead: 'Paste a request and see line by line where its signature differs.',
  docs: 'How to verify',
  delivery: 'Choose a delivery',
  chooseDelivery: 'Recent deliveries',
  noDeliveries: 'There are no deliveries yet',
  withoutRequest: 'This delivery has not been sent yet, or its content is no longer kept.',
  request: 'Request',
  requestHint:
    'As a receiver got it, or as sent to the API; it is taken apart at once. The body begins after an empty line: do not change a character of it.',
  fault: {
    headers:
      'There are no headers to read: write one “Name: value” a line, an empty line, then the body; or a curl command.',
    file: 'The body is in a file, which this page cannot read: write it out with --data-raw.',
  },
  secret: 'Secret',
  secretPlaceholder: 'Empty: the live secrets of the app and its webhooks',
  secretHint:
    'With the secret that the receiver uses you also see the signature it makes. Used for this answer only and never stored.',
  ownString: 'Your string to sign (optional)',
  ownStringPlaceholder: 'Paste the string that your code signs, to compare it line by line',
  emptyTitle: 'Paste something and the answer appears here, line by line',
  emptyRaw: 'A raw request: request line, headers, an empty line, body.',
  emptyCurl: 'A curl command: “Copy as curl” of a delivery, or a script of yours.',
  emptyDelivery: 'Or choose a delivery to see what we sent.',
  scheme: {
    'x-app': 'X-App-Signature',
    'standard-webhooks': 'webhook-signature (Standard Webhooks)',
    'body-hmac': 'Body only (…-Signature-256)',
  },
  verdict: {
    invalid: 'The signature does not fit',
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
    unknown: 'cannot be told',
  },
  noValue: 'none',
  own: 'Yours:',
  canonical: 'String to sign',
  expected: 'Signature made with the secret given',
};
