import type { apps as zhApps } from '../zh/apps.js';

export const apps: typeof zhApps = {
  title: 'Apps',
  lead: 'Each app has its own AppKey, webhooks, delivery log and alerts.',
  create: 'New app',
  editTitle: 'Edit app',
  name: 'App name',
  namePlaceholder: 'such as Chat Assistant',
  packageName: 'Package name',
  packageNamePlaceholder: 'such as com.example.chat',
  packageNameHint: 'Letters, digits, - and _, parts separated by dots',
  description: 'Description',
  nameRequired: 'Enter the name of the app',
  packageNameRequired: 'Enter the package name',
  webhooks: 'Webhooks',
  last24Hours: 'Deliveries in 24 h',
  openAlerts: 'Open alerts',
  unwell: 'Webhooks with problems: {count}',
  backlog: 'waiting: {count}',
  actionsOf: 'More actions for {name}',
  revealSecret: 'Show AppSecret',
  revealConfirm: 'The AppSecret of {name} is about to be shown. This is written to the audit log.',
  revealAction: 'Show and record',
  revealedWarning:
    'This view was written to the audit log. Anyone with the AppSecret can sign in the name of this app.',
  createdTitle: 'App {name} was created',
  createdWarning:
    'The AppSecret verifies callbacks and signs events that the app hands in. Copy it now: later only an admin can see it, and each view is recorded.',
  deleteTitle: 'Delete app',
  deleteConfirm:
    'Delete the app {name} ({packageName})? Its webhooks ({count}) and all of its delivery log go with it, and this cannot be undone. Type the name of the app to confirm.',
  deleteAction: 'Delete app',
  deleted: 'App {name} was deleted',
  saved: 'App {name} was saved',
  emptyTitle: 'No apps yet',
  emptyText:
    'An app stands for one product that uses IM. It gets an AppKey and an AppSecret; add a webhook to it and its events arrive at your service.',
  emptyForOthers: 'Ask an admin to create the first app.',
  emptyDemo:
    'Want to see it at work first? This command starts with a demo app, a built-in receiver and a trickle of events.',
  settings: {
    title: 'App settings',
    lead: 'Name, keys, retention, and deleting this app.',
    basics: 'Basics',
    keys: 'Keys',
    keysHint:
      'The AppKey says which app a request belongs to. The AppSecret signs and verifies; only admins can see it, and every look is logged.',
    retention: 'Retention',
    retentionHint: 'Empty: as long as the service keeps data, which is also the maximum.',
    eventsDays: 'Events (days)',
    logsDays: 'Delivery log (days)',
    byService: 'Set by the service',
    danger: 'Danger zone',
    dangerHint:
      'Its webhooks, events and delivery log cannot be restored, and the AppKey stops working at once.',
  },
};
