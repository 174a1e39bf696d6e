import type { apps as zhApps } from '../zh/apps.js';

export const apps: typeof zhApps = {
  title: 'Apps',
  lead: 'Each app has its own AppKey, webhooks, delivery log and alerts.',
  create: 'New app',
  editTitle: 'Edit app',
  name: 'App name',
  namePlaceholder: 'For example, Chat Assistant',
  packageName: 'Package name',
  packageNamePlaceholder: 'For example, com.example.chat',
  packageNameHint: 'Letters, digits, - and _, parts separated by dots',
  description: 'Description',
  nameRequired: 'Enter the name of the app',
  packageNameRequired: 'Enter the package name',
  webhooks: 'Webhooks',
  last24Hours: 'Deliveries in 24 h',
  incidents: 'Webhooks and sources with alerts',
  unwell: 'Webhooks with problems: {count}',
  backlog: 'waiting: {count}',
  actionsOf: 'More actions for {name}',
  revealSecret: 'Show AppSecret',
  revealConfirm: 'Show the AppSecret of {name}? This is recorded in the audit log.',
  revealAction: 'Show and record',
  revealedWarning: 'This was recorded in the audit log. Anyone with the AppSecret can sign as this app.',
  createdTitle: 'App {name} was created',
  createdWarning:
    'The AppSecret verifies callbacks and signs the events you send. Copy it now: later only admins can see it, and each view is recorded.',
  deleteTitle: 'Delete app',
  deleteConfirm:
    'Delete the app {name} ({packageName})? This deletes its webhooks ({count}) and the whole delivery log and cannot be undone. Type the app’s name to confirm.',
  deleteAction: 'Delete app',
  deleted: 'App {name} was deleted',
  saved: 'App {name} was saved',
  emptyTitle: 'No apps yet',
  emptyText:
    'An app is one product that uses IM. It has an AppKey and an AppSecret. Add a webhook, and its events are delivered to your service.',
  emptyForOthers: 'Ask an admin to create the first app.',
  emptyDemo:
    'Want to see it in action first? This command starts a demo app with receivers and sample events.',
  settings: {
    title: 'App settings',
    lead: 'Name, keys, retention, and deleting this app.',
    basics: 'Basics',
    keys: 'Keys',
    keysHint:
      'The AppKey identifies the app. The AppSecret signs and verifies; only admins can see it, and each view is recorded.',
    retention: 'Retention',
    retentionHint: 'Leave empty to keep data as long as the service does, which is also the maximum.',
    eventsDays: 'Events (days)',
    logsDays: 'Delivery log (days)',
    byService: 'Set by the service',
    danger: 'Danger zone',
    dangerHint:
      'Its webhooks, events and delivery log cannot be restored, and the AppKey stops working immediately.',
  },
};
