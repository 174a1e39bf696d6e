import type { detail as zhDetail } from '../zh/webhook-detail.js';

export const detail: typeof zhDetail = {
  title: 'Webhook',
  tabs: {
    overview: 'Overview',
    deliveries: 'Deliveries',
    settings: 'Settings',
    signing: 'Signing',
    history: 'History',
  },
  settings: 'Settings',
  state: 'State',
  allEvents: 'All events',
  createdBy: 'Created by',
  noHeaders: 'None',
  signing: 'Signature and secret',
  secret: 'Secret',
  ownSecret: 'A secret of its own',
  appSecret: 'The AppSecret of the app',
  revealUrl: 'Show whole URL',
  urlMasked: 'What may be a token is hidden. The audit log records who asks for the whole URL.',
  formulaText: {
    'x-app':
      'Lower-case hex. The body is the raw bytes received: do not serialise it again. X-App-Timestamp is Unix time in milliseconds.',
    'standard-webhooks':
      'The key is the secret without whsec_, decoded from Base64. The body is the raw bytes received. webhook-timestamp is Unix time in seconds. While a secret is rotated, webhook-signature has several signatures separated by spaces; one that matches is enough.',
    'body-hmac':
      'Lower-case hex behind sha256=. The body is the raw bytes received: do not serialise it again.',
  },
  appSecretEncoded:
    'The AppSecret signs at present: give your library whsec_ followed by the Base64 of the AppSecret, or rotate to a secret of its own here.',
};
