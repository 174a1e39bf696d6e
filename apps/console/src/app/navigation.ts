/** Lists what the side navigation offers: pages of the app one is in, and settings by permission. */
import {
  Bell,
  ChatDotRound,
  Collection,
  Connection,
  Document,
  Download,
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
  { to: paths.members, text: 'frame.nav.members', icon: User, permission: 'manageMembers' },
  { to: paths.apiTokens, text: 'frame.nav.apiTokens', icon: Key, permission: 'manageApiTokens' },
  { to: paths.channels, text: 'frame.nav.channels', icon: ChatDotRound, permission: 'readChannels' },
  { to: paths.eventTypes, text: 'frame.nav.eventTypes', icon: Collection, permission: 'manageWebhooks' },
  { to: paths.auditLog, text: 'frame.nav.auditLog', icon: Document, permission: 'readAuditLog' },
  { to: paths.tenants, text: 'frame.nav.tenants', icon: OfficeBuilding, permission: 'manageTenants' },
];

export const appsItem: NavigationItem = { to: paths.apps, text: 'frame.nav.apps', icon: Grid };

export function itemsOfApp(appKey: string, can: (permission: Permission) => boolean): NavigationItem[] {
  const items: (NavigationItem & { permission?: Permission })[] = [
    { to: paths.webhooks(appKey), text: 'frame.nav.webhooks', icon: Connection },
    { to: paths.appDeliveries(appKey), text: 'frame.nav.deliveries', icon: List },
    { to: paths.alerts(appKey), text: 'frame.nav.alerts', icon: Bell },
    { to: paths.sources(appKey), text: 'frame.nav.sources', icon: Download, permission: 'manageSources' },
  ];
  return items.filter(({ permission }) => permission === undefined || can(permission));
}

export function settingsItems(can: (permission: Permission) => boolean): NavigationItem[] {
  return SETTINGS.filter((item) => can(item.permission));
}
