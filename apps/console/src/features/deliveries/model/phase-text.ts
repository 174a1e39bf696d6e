import { formatDurationMs } from '../../../shared/format/duration.js';
import { numberFormat } from '../../../shared/format/intl-formats.js';
import { spaceUnits } from '../../../shared/format/space-units.js';

/** A phase is often shorter than a millisecond, so tenths are shown. */
export function formatPhaseMs(durationMs: number, localeTag: string): string {
  if (durationMs >= 10) return formatDurationMs(durationMs, localeTag);
  const text = numberFormat(localeTag, {
    style: 'unit',
    unit: 'millisecond',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(durationMs);
  return spaceUnits(text);
}
