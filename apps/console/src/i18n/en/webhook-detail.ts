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
  ownSecret: 'Own secret',
  appSecret: 'The app’s AppSecret',
  revealUrl: 'Show the whole URL',
  urlMasked: 'Possible tokens are hidden. Showing the whole URL is recorded in the audit log.',
  formulaText: {
    'x-app':
      'Lower-case hex. The body is the raw bytes received: do not serialise it again. X-App-Timestamp is Unix time in milliseconds.',
    'standard-webhooks':
      'The key is the secret without whsec_, decoded from Base64. The body is the raw bytes received. webhook-timestamp is Unix time in seconds. During a rotation, webhook-signature has several signatures separated by spaces; one match is enough.',
    'body-hmac':
      'Lower-case hex behind sha256=. The body is the raw bytes received: do not serialise it again.',
  },
  appSecretEncoded:
    'Signed with the AppSecret: give your library whsec_ followed by the Base64 of the AppSecret, or rotate to an own secret here.',
};
