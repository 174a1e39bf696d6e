/** Downloads what the filters of a log match, on every page. */
import { exportUrl } from '../deliveries.api.js';
import { toDeliveriesQuery, type DeliveryFilters } from '../model/delivery-filters.js';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export function useLogExport(
  appKey: () => string,
  webhookId: () => string | undefined,
  filters: () => DeliveryFilters,
): (format: ExportFormat) => void {
  return (format) => {
    const query = toDeliveriesQuery(filters(), Date.now());
    window.location.assign(exportUrl(appKey(), webhookId(), query, format));
  };
}
