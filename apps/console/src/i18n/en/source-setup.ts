import type { setup as zhSetup } from '../zh/source-setup.js';

export const setup: typeof zhSetup = {
  title: 'Set up {name}',
  intro: 'Paste this into the configuration of {kind}. It contains this source’s address with its token.',
  show: 'Show the configuration',
  showHint: 'It contains the token, so showing it is written to the audit log.',
  file: 'Where',
  version: 'Version',
  snippet: 'Configuration',
  notes: 'Notes',
  waiting: 'Waiting for the first request…',
  waitingHint:
    'Change the configuration of the server, restart it, and send a message. This turns green once it arrives, without a reload.',
  arrived: 'The first request has arrived',
  arrivedElse: 'A request has arrived, but was not accepted; still waiting',
  test: 'Play a test request',
  testHint:
    'Hands in a recorded request in the form of {kind}. It makes a real event, delivered to this app’s webhooks.',
  done: 'Done',
  answered: 'Answered HTTP {status}',
  event: 'See its deliveries',
  eventOf: 'See the deliveries of event {index}',
  moreEvents: 'and {count} more, see the raw requests',
  noEvents: 'It made no new event',
};
