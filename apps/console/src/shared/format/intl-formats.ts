/** Keeps the formats of Intl: to make one takes longer than to write hundreds of values with it. */

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** @param options only a few different values: the format of each is cached */
export function numberFormat(localeTag: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return kept(numberFormats, localeTag + JSON.stringify(options), () => {
    return new Intl.NumberFormat(localeTag, options);
  });
}

/**
 * English has the day before the month, and hours up to 23.
 *
 * @param options only a few different values: the format of each is cached
 */
export function dateFormat(localeTag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, localeTag + JSON.stringify(options), () => {
    const hours = options.hour === undefined ? {} : ({ hourCycle: 'h23' } as const);
    return new Intl.DateTimeFormat(localeTag === 'en' ? 'en-GB' : localeTag, { ...options, ...hours });
  });
}

export function relativeFormat(localeTag: string): Intl.RelativeTimeFormat {
  return kept(relativeFormats, localeTag, () => new Intl.RelativeTimeFormat(localeTag, { numeric: 'auto' }));
}

function kept<T>(formats: Map<string, T>, key: string, make: () => T): T {
  const known = formats.get(key);
  if (known) return known;
  const made = make();
  formats.set(key, made);
  return made;
}
