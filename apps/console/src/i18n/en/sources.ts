import type { sources as zhSources } from '../zh/sources.js';
import { checklist } from './source-checklist.js';
import { form } from './source-form.js';
import { messages } from './source-messages.js';
import { requests } from './source-requests.js';
import { rotation } from './source-rotation.js';
import { setup } from './source-setup.js';

export const sources: typeof zhSources = {
  title: 'IM sources',
  lead: 'Let an IM server hand in its events: change one callback setting of it, write no code.',
  add: 'Add a source',
  emptyTitle: 'There are no IM sources yet',
  emptyText:
    'A source is an IM server that hands in events. Each has an address of its own for the server’s callback setting; what arrives there is stored, turned into events of one form, and delivered to this app’s webhooks with retries. Choose one to begin:',
  kind: {
    openim: 'OpenIM',
    wukongim: 'WuKongIM',
    dootask: 'DooTask',
    'tencent-im': 'Tencent Cloud Chat',
  },
  kindHint: {
    openim:
      'Takes all of its commands. It neither retries nor logs failures; before-commands can be allowed, denied or changed.',
    wukongim:
      'Takes messages, offline messages and online states of v2 and v3. v2 tries again for about 4 seconds, v3 three times within milliseconds.',
    dootask:
      'Takes a bot’s messages, opened conversations, members who join and leave; can send as the bot. It pushes once and never again.',
    'tencent-im':
      'Tencent Cloud allows one callback URL per SDKAppID: enter it here once, and deliver to as many receivers as you like.',
  },
  paused: 'Paused',
  lastReceived: 'Last received',
  neverReceived: 'Nothing received yet',
  last24Hours: 'Last 24 hours',
  hours: {
    none: 'No requests in the last 24 hours',
    some: 'Requests in each of the last 24 hours: at most {peak}, {latest} in the last hour',
    notAccepted: '; {total} were not accepted (red)',
  },
  counter: {
    received: 'Received',
    accepted: 'Accepted',
    rejected: 'Rejected',
    notUnderstood: 'Not understood',
    failed: 'Not stored',
  },
  tab: {
    overview: 'Overview',
    requests: 'Raw requests',
    checklist: 'Nothing arrives?',
    messages: 'Send messages',
  },
  edit: 'Change settings',
  pause: 'Pause',
  pauseTitle: 'Pause source',
  pauseConfirm:
    'Pause {name}? Its requests are still answered, so that the IM server goes on, but what they contain is dropped and cannot be recovered.',
  pausedDone: '{name} is paused',
  resume: 'Resume',
  resumedDone: '{name} receives again',
  pausedNotice: 'The source is paused: its requests are answered and dropped.',
  deleteTitle: 'Delete source',
  deleteConfirm:
    'Delete {name}? Its address stops working at once, and what the IM server goes on sending is dropped ({received} requests in the last 24 hours). Events that it handed in stay.',
  deleteAction: 'Delete source',
  deleted: '{name} is deleted',
  state: 'State',
  receiving: 'Receiving',
  address: 'Address',
  addressHint:
    'The token in it can be used for nothing but handing in events. Showing the whole address is written to the audit log.',
  reveal: 'Show the whole address',
  revealConfirm:
    'The whole address of {name} is about to be shown, its token included. This is written to the audit log.',
  revealAction: 'Show and record',
  senders: 'Addresses that may send',
  anySender: 'Any address may send',
  externalId: 'External id',
  version: 'Version',
  notSet: 'Not set',
  secretSet: 'Set',
  createdBy: 'Created by',
  setUp: 'Set up the IM server',
  deliveries: 'See the deliveries',
  details: {
    stored: 'Stored as one event: {events} | Stored as {count} events: {events}',
    storedAgain: 'Stored: {count}, came before: {repeated} ({events})',
    noEvent: 'It carries no event',
    suspended: 'The tenant is suspended',
    paused: 'The source is paused',
    sealed: 'Its secrets cannot be opened: the service has another key now',
    failed: 'It could not be stored: see the log of the service',
    noObject: 'The body is no JSON object',
    empty: 'The body is empty',
    unreadable: 'The request cannot be read',
    noCommand: 'It names no command',
    notAsked: 'Allowed: no webhook decides about this event, so none was asked',
    sender: '{sender} is not among the addresses that may send',
  },
  openSource: 'Open the source',
  checklist,
  form,
  messages,
  requests,
  rotation,
  setup,
};
