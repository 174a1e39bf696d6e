/** What the side navigation offers: pages of the app one is in, and settings by permission. */
import {
  Bell,
  ChatDotRound,
  Connection,
  Document,
  Grid,
  Key,
  List,
  OfficeBuilding,
  User,
} from '@element-plus/icons-vue';
import type { Component } from 'vue';
import type { MessageKey } from '../i18n/i18n.js';
import { paths } from '../shared/navigation/paths.js';
import type { Permission } from '../stores/session.js';

export interface NavigationItem {
  to: string;
  text: MessageKey;
  icon: Component;
}

const SETTINGS: readonly (NavigationItem & { permission: Permission })[] = [
  { to: paths.members, text: 'shell.nav.members', icon: User, permission: 'manageMembers' },
  { to: paths.apiTokens, text: 'shell.nav.apiTokens', icon: Key, permission: 'manageApiTokens' },
  { to: paths.channels, text: 'shell.nav.channels', icon: ChatDotRound, permission: 'readChannels' },
  { to: paths.auditLog, text: 'shell.nav.auditLog', icon: Document, permission: 'readAuditLog' },
  { to: paths.tenants, text: 'shell.nav.tenants', icon: OfficeBuilding, permission: 'manageTenants' },
];

export const appsItem: NavigationItem = { to: paths.apps, text: 'shell.nav.apps', icon: Grid };

export function itemsOfApp(appKey: string): NavigationItem[] {
  return [
    { to: paths.webhooks(appKey), text: 'shell.nav.webhooks', icon: Connection },
    { to: paths.appDeliveries(appKey), text: 'shell.nav.deliveries', icon: List },
    { to: paths.alerts(appKey), text: 'shell.nav.alerts', icon: Bell },
  ];
}

export function settingsItems(can: (permission: Permission) => boolean): NavigationItem[] {
  return SETTINGS.filter((item) => can(item.permission));
}
