import type { sources as zhSources } from '../zh/sources.js';
import { checklist } from './source-checklist.js';
import { form } from './source-form.js';
import { messages } from './source-messages.js';
import { requests } from './source-requests.js';
import { rotation } from './source-rotation.js';
import { setup } from './source-setup.js';

export const sources: typeof zhSources = {
  title: 'IM sources',
  lead: 'Receive events from an IM server by changing one of its callback settings. No code needed.',
  add: 'Add a source',
  emptyTitle: 'No IM sources yet',
  emptyText:
    'A source is an IM server that sends events. Each has its own address for the server’s callback setting. What arrives is stored, converted to one event format, and delivered to this app’s webhooks with retries. Choose one to start:',
  kind: {
    openim: 'OpenIM',
    wukongim: 'WuKongIM',
    dootask: 'DooTask',
    'tencent-im': 'Tencent Cloud Chat',
  },
  kindHint: {
    openim:
      'All commands. OpenIM neither retries nor logs failures; before-commands can be allowed, denied or changed.',
    wukongim:
      'Messages, offline messages and online status of v2 and v3. v2 retries for about 4 seconds, v3 three times within milliseconds.',
    dootask:
      'A bot’s messages, opened conversations, and members who join or leave; can send as the bot. DooTask never retries.',
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
    'Pause {name}? Its requests are still answered so that the IM server keeps working, but their content is dropped and cannot be recovered.',
  pausedDone: '{name} paused',
  resume: 'Resume',
  resumedDone: '{name} resumed',
  pausedNotice: 'The source is paused: its requests are answered and dropped.',
  deleteTitle: 'Delete source',
  deleteConfirm:
    'Delete {name}? Its address stops working immediately, and further requests are dropped ({received} in the last 24 hours). Its events stay.',
  deleteAction: 'Delete source',
  deleted: '{name} deleted',
  state: 'State',
  receiving: 'Receiving',
  address: 'Address',
  addressHint:
    'Its token can only be used to send events. Showing the whole address is recorded in the audit log.',
  reveal: 'Show the whole address',
  revealConfirm: 'Show the whole address of {name}, including its token? This is recorded in the audit log.',
  revealAction: 'Show and record',
  senders: 'Allowed sender addresses',
  anySender: 'Any address',
  version: 'Version',
  notSet: 'Not set',
  secretSet: 'Set',
  createdBy: 'Created by',
  setUp: 'Set up the IM server',
  deliveries: 'See the deliveries',
  details: {
    stored: 'Stored as one event: {events} | Stored as {count} events: {events}',
    storedAgain: 'Stored: {count}, came before: {repeated} ({events})',
    noEvent: 'No event in it',
    suspended: 'The tenant is suspended',
    paused: 'The source is paused',
    sealed: 'Its secrets cannot be decrypted: the service key has changed',
    failed: 'Could not be stored: see the service log',
    noObject: 'The body is not a JSON object',
    empty: 'The body is empty',
    unreadable: 'The request cannot be read',
    noCommand: 'No command given',
    notAsked: 'Allowed: no webhook decides about this event',
    sender: '{sender} is not an allowed sender address',
  },
  openSource: 'Open the source',
  checklist,
  form,
  messages,
  requests,
  rotation,
  setup,
};
