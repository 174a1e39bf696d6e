/** Reads the audit log's filters from the URL, and makes a query of them. */
import { AUDIT_ACTIONS } from '@im/contracts/api/access-constants';
import type { AuditAction } from '@im/contracts/api/audit';
import { isInstant, isText, keepValid, oneOf, type Checked } from '../../../shared/http/query-checks.js';
import type { AuditLogQuery } from '../settings.api.js';

export const AUDIT_FILTER_NAMES = ['actor', 'action', 'appKey', 'from', 'to', 'logins'] as const;
export type AuditFilterName = (typeof AUDIT_FILTER_NAMES)[number];

const SHOWN = 'shown';
const CHECKS = {
  actor: isText,
  action: oneOf(AUDIT_ACTIONS),
  appKey: isText,
  from: isInstant,
  to: isInstant,
  logins: oneOf([SHOWN]),
};

export type AuditFilters = Checked<typeof CHECKS>;

/** A value that the API would refuse counts as not set. */
export function readAuditFilters(values: Record<AuditFilterName, string>): AuditFilters {
  return keepValid(CHECKS, values);
}

/** Logins drown everything else, so they are left out until they are asked for. */
export function toAuditQuery({ logins, ...filters }: AuditFilters): AuditLogQuery {
  return { ...filters, ...(logins !== SHOWN && filters.action === '' && { logins: 'false' as const }) };
}

export function loginsFilter(isShown: boolean): string {
  return isShown ? SHOWN : '';
}

export interface ActionGroup {
  /** The first word of its actions. */
  name: GroupName;
  actions: AuditAction[];
}
type GroupName = AuditAction extends infer Action
  ? Action extends `${infer Name}.${string}`
    ? Name
    : never
  : never;

/** In the order of the contract. */
export function groupedActions(): ActionGroup[] {
  const groups = Map.groupBy(AUDIT_ACTIONS, (action) => action.split('.')[0] as GroupName);
  return [...groups].map(([name, actions]) => ({ name, actions }));
}
