import { numberFormat } from './intl-formats.js';

export function formatCount(value: number, localeTag: string): string {
  return numberFormat(localeTag).format(value);
}

/** A rate 0..1 as a percentage. Rounded down, so that 100 % means that nothing failed. */
export function formatRate(rate: number, localeTag: string): string {
  return numberFormat(localeTag, { style: 'percent', maximumFractionDigits: 1 }).format(
    Math.floor(rate * 1000) / 1000,
  );
}
