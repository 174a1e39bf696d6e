/** Says in words what a filter of the log is set to. */
import type { Source } from '@im/contracts/api/sources';
import { useText, type MessageKey } from '../../../i18n/i18n.js';
import { formatInstant } from '../../../shared/format/instant.js';
import { lookOfStatus } from '../../../shared/ui/status-looks.js';
import { RANGE_TEXTS, type DeliveryFilters, type FilterName } from '../model/delivery-filters.js';
import type { WebhookNames } from '../model/log-query.js';

export interface FilterLabel {
  label: string;
  value: string;
}

const LABELS: Readonly<Record<FilterName, MessageKey>> = {
  status: 'deliveries.status',
  phase: 'deliveries.status',
  event: 'deliveries.event',
  kind: 'deliveries.kind',
  responseStatus: 'deliveries.responseStatus',
  errorClass: 'deliveries.errorClass',
  sourceId: 'deliveries.source',
  webhookId: 'deliveries.webhook',
  from: 'deliveries.from',
  to: 'deliveries.to',
  range: 'deliveries.range',
  callbackId: 'deliveries.field.callbackId',
  eventId: 'deliveries.field.eventId',
  messageId: 'deliveries.field.messageId',
  conversationId: 'deliveries.field.conversationId',
  userId: 'deliveries.field.userId',
  q: 'deliveries.field.q',
};

export function useFilterLabels(
  filters: () => DeliveryFilters,
  sources: () => readonly Source[],
  webhookNames: () => WebhookNames,
): (name: FilterName) => FilterLabel {
  const { t, localeTag } = useText();

  function valueOf(name: FilterName, value: string): string {
    switch (name) {
      case 'status':
      case 'phase': {
        if (value === 'problem') return t('deliveries.views.problem');
        const look = lookOfStatus(name === 'status' ? 'delivery' : 'phase', value);
        return look ? t(look.key) : value;
      }
      case 'kind':
        return t(`statuses.kind.${value as 'event'}`);
      case 'errorClass':
        return t(`errorClasses.name.${value as 'dns'}`);
      case 'range':
        return t(RANGE_TEXTS[value as keyof typeof RANGE_TEXTS]);
      case 'from':
      case 'to':
        return formatInstant(value, localeTag.value);
      case 'sourceId':
        return sources().find(({ sourceId }) => sourceId === value)?.name ?? t('deliveries.otherSource');
      case 'webhookId':
        return webhookNames()?.get(value) ?? value;
      default:
        return value;
    }
  }

  return (name) => ({ label: t(LABELS[name]), value: valueOf(name, filters()[name]) });
}
