import type { docs as zhDocs } from '../zh/docs.js';

export const docs: typeof zhDocs = {
  title: 'Documentation',
  lead: 'Receive and verify callbacks, and send events. The examples contain this app’s AppKey.',
  contents: 'Contents',
  print: 'Print',
  codePanel: 'Sample code',
  language: 'Language',
  sampleTitle: {
    kit: 'Receive with the kit',
    signature: 'Sign and verify',
    receive: 'Receive',
    send: 'Send',
  },
  sampleOfCurl: {
    signature: 'Sign',
    receive: 'Try a callback',
    send: 'Send',
  },
  events: {
    choose: 'Choose an event',
    meaning: 'Meaning',
    fields: 'Fields of the event',
    example: 'Example',
  },
  send: {
    title: 'Send one to my webhook',
    hint: 'Sends {event} once, with the example above and a real signature, as a test delivery.',
    webhook: 'Webhook',
    action: 'Send',
    none: 'No webhooks yet.',
    create: 'Add a webhook',
    success: 'Delivered: HTTP {status}, {duration}',
    failed: 'Not delivered: {reason}, {duration}',
    noReason: 'unknown cause',
    open: 'Open this delivery',
    debug: 'Debug its signature',
  },
};
