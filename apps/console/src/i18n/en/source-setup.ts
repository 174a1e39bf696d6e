import type { setup as zhSetup } from '../zh/source-setup.js';

export const setup: typeof zhSetup = {
  title: 'Set up {name}',
  intro: 'Paste this into the configuration of {kind}. It contains this source’s address with its token.',
  show: 'Show the configuration',
  showHint: 'It contains the token, so showing it is recorded in the audit log.',
  file: 'Where',
  version: 'Version',
  snippet: 'Configuration',
  notes: 'Notes',
  waiting: 'Waiting for the first request…',
  waitingHint:
    'Change the server’s configuration, restart it, and send a message. This turns green when the request arrives.',
  arrived: 'The first request has arrived',
  arrivedElse: 'A request arrived but was not accepted; still waiting',
  test: 'Send a test request',
  testHint: 'Plays a recorded {kind} request. It creates a real event, delivered to this app’s webhooks.',
  done: 'Done',
  answered: 'Answered with HTTP {status}',
  event: 'See its deliveries',
  eventOf: 'See the deliveries of event {index}',
  moreEvents: 'and {count} more; see the raw requests',
  noEvents: 'It created no new event',
};
