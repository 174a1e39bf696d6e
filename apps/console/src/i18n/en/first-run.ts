import type { firstRun as zh } from '../zh/first-run.js';

export const firstRun: typeof zh = {
  label: 'Getting started',
  step: {
    app: 'Create an app',
    webhook: 'Add a webhook',
    event: 'Send an example event',
    delivered: 'See it delivered',
  },
  hint: {
    app: 'Each app has its own AppKey and secret.',
    webhook: 'Start with the test receiver and use your own address later.',
    event: 'A real message.sent, delivered to the webhooks that subscribe to it.',
    delivered: 'Waiting for the delivery…',
    done: 'Your first event is delivered.',
  },
  ownAddress: 'Use my own address',
  toApps: 'Go to apps',
  toLog: 'See deliveries',
  dismiss: 'Dismiss',
  finish: 'Done',
  stepDone: 'done',
};
