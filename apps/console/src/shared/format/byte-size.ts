import { numberFormat } from './intl-formats.js';

/** A size in its largest unit: `0 B`, `412 B`, `64 KB`, `1.2 MB`. */
export function formatBytes(bytes: number, localeTag: string): string {
  const format = (value: number) => numberFormat(localeTag, { maximumFractionDigits: 1 }).format(value);
  if (bytes < 1_024) return `${format(bytes)} B`;
  if (bytes < 1_048_576) return `${format(bytes / 1_024)} KB`;
  return `${format(bytes / 1_048_576)} MB`;
}
