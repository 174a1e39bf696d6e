/** Says in a sentence what changed, and how it is marked in charts. */
import type { AppChange } from '@im/contracts/api/changes';
import type { Translate } from '../../../i18n/i18n.js';
import type { ChartMarker } from '../../../shared/statistics/chart-line.js';
import { fieldText } from '../../../shared/webhooks/setting-name.js';

const SYSTEM = 'system';

export function changeText(change: AppChange, t: Translate, unnamed: string): string {
  const { kind, action, rule, fields } = change;
  const by = change.by === SYSTEM ? t('webhooks.revisions.system') : change.by;
  const name = change.name || unnamed;
  if (kind === 'alert') {
    const text = rule === null ? '' : t(`statuses.alertRule.${rule}`);
    return t(action === 'opened' ? 'overview.change.opened' : 'overview.change.resolved', {
      name,
      rule: text,
    });
  }
  if (kind === 'rotation') return t(`overview.change.rotated.${subjectOf(change)}`, { by, name });
  if (action === 'created' || action === 'deleted') return t(`overview.change.${action}`, { by, name });
  const names = [...new Set(fields.map((field) => fieldText(field, t)))];
  return t('overview.change.updated', { by, name, fields: names.join(t('overview.change.and')) });
}

export function markerOf(change: AppChange, text: string): ChartMarker {
  return { atMs: Date.parse(change.at), colour: colourOf(change), text };
}

function subjectOf({ webhookId, sourceId }: AppChange): 'webhook' | 'source' | 'app' {
  if (webhookId !== null) return 'webhook';
  return sourceId === null ? 'app' : 'source';
}

function colourOf({ kind, action, severity }: AppChange): ChartMarker['colour'] {
  if (kind !== 'alert') return '--el-text-color-secondary';
  if (action === 'resolved') return '--el-color-success';
  return severity === 'critical' ? '--el-color-danger' : '--el-color-warning';
}
