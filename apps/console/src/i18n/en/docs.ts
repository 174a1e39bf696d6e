import type { docs as zhDocs } from '../zh/docs.js';

export const docs: typeof zhDocs = {
  title: 'Documentation',
  lead: 'Receive callbacks, verify them, hand in events. Examples carry the AppKey of this app.',
  contents: 'Contents',
  print: 'Print',
  codePanel: 'Sample code',
  language: 'Language',
  sampleTitle: {
    signature: 'Sign and verify',
    receive: 'Receive',
    send: 'Hand in',
  },
  sampleOfCurl: {
    signature: 'Sign',
    receive: 'Try a callback',
    send: 'Hand in',
  },
  events: {
    choose: 'Choose an event',
    field: 'Field',
    type: 'Type',
    meaning: 'Meaning',
    optional: 'optional',
    fields: 'Fields of the event',
    example: 'Example',
  },
  send: {
    title: 'Send one to my webhook',
    hint: 'Sends {event} once, now, with the example above as data and a real signature; its kind is test.',
    webhook: 'Webhook',
    action: 'Send',
    none: 'There is no webhook yet.',
    create: 'Add a webhook',
    success: 'Delivered: HTTP {status}, {duration}',
    failed: 'Not delivered: {reason}, {duration}',
    noReason: 'unknown cause',
    open: 'Open this delivery',
    debug: 'Debug its signature',
  },
};
