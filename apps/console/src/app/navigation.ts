/** Lists what the navigation offers to a person: the pages of an app, and those of the workspace. */
import {
  Aim,
  Bell,
  ChatDotRound,
  Collection,
  Connection,
  DataAnalysis,
  Document,
  Download,
  Key,
  List,
  OfficeBuilding,
  Reading,
  Search,
  Setting,
  Share,
  Tickets,
  User,
  UserFilled,
} from '@element-plus/icons-vue';
import type { Component } from 'vue';
import type { MessageKey } from '../i18n/i18n.js';
import { paths } from '../shared/navigation/paths.js';
import type { Permission } from '../stores/session.js';

/** Counts that a link of the navigation shows. */
export type BadgeName = 'incidents' | 'webhooks';

export interface NavigationItem {
  to: string;
  text: MessageKey;
  icon: Component;
  permission?: Permission;
  badge?: BadgeName;
}

export interface NavigationGroup {
  /** Absent: it needs no heading. */
  title?: MessageKey;
  items: NavigationItem[];
}

type Can = (permission: Permission) => boolean;

/** The pages of an app: those of every day, then what it takes to connect. */
export function groupsOfApp(appKey: string, can: Can): NavigationGroup[] {
  return allowed(can, [
    {
      items: [
        { to: paths.overview(appKey), text: 'frame.nav.overview', icon: DataAnalysis },
        { to: paths.appDeliveries(appKey), text: 'frame.nav.deliveries', icon: List },
        { to: paths.trace(appKey), text: 'frame.nav.trace', icon: Search },
        { to: paths.alerts(appKey), text: 'frame.nav.alerts', icon: Bell, badge: 'incidents' },
        { to: paths.webhooks(appKey), text: 'frame.nav.webhooks', icon: Connection, badge: 'webhooks' },
      ],
    },
    {
      title: 'frame.nav.connect',
      items: [
        { to: paths.docs(appKey), text: 'frame.nav.docs', icon: Reading, permission: 'manageWebhooks' },
        { to: paths.debug(appKey), text: 'frame.nav.debug', icon: Aim, permission: 'manageWebhooks' },
        { to: paths.sources(appKey), text: 'frame.nav.sources', icon: Download, permission: 'manageSources' },
        {
          to: paths.portalLinks(appKey),
          text: 'frame.nav.portalLinks',
          icon: Share,
          permission: 'manageWebhooks',
        },
        {
          to: paths.appSettings(appKey),
          text: 'frame.nav.appSettings',
          icon: Setting,
          permission: 'manageApps',
        },
      ],
    },
  ]);
}

/** The pages of the workspace. */
export function groupsOfWorkspace(can: Can): NavigationGroup[] {
  return allowed(can, [
    {
      title: 'frame.nav.settings',
      items: [
        { to: paths.members, text: 'frame.nav.members', icon: User, permission: 'manageMembers' },
        { to: paths.apiTokens, text: 'frame.nav.apiTokens', icon: Key, permission: 'manageApiTokens' },
        { to: paths.channels, text: 'frame.nav.channels', icon: ChatDotRound, permission: 'readChannels' },
        {
          to: paths.eventTypes,
          text: 'frame.nav.eventTypes',
          icon: Collection,
          permission: 'readEventTypes',
        },
        { to: paths.auditLog, text: 'frame.nav.auditLog', icon: Document, permission: 'readAuditLog' },
        { to: paths.profile, text: 'frame.nav.profile', icon: UserFilled },
      ],
    },
    {
      title: 'frame.nav.operation',
      items: [
        { to: paths.tenants, text: 'frame.nav.tenants', icon: OfficeBuilding, permission: 'manageTenants' },
      ],
    },
  ]);
}

export const appsItem: NavigationItem = { to: paths.apps, text: 'frame.nav.apps', icon: Tickets };

export function settingsItems(can: Can): NavigationItem[] {
  return groupsOfWorkspace(can).flatMap(({ items }) => items);
}

/** The item that leads to a page or to the list that it is opened from; the longest address wins. */
export function currentItem(path: string, items: readonly NavigationItem[]): NavigationItem | undefined {
  const above = items.filter(({ to }) => path === to || path.startsWith(`${to}/`));
  return above.sort((one, other) => other.to.length - one.to.length)[0];
}

function allowed(can: Can, groups: NavigationGroup[]): NavigationGroup[] {
  return groups
    .map(({ items, ...group }) => ({
      ...group,
      items: items.filter(({ permission }) => permission === undefined || can(permission)),
    }))
    .filter(({ items }) => items.length > 0);
}
