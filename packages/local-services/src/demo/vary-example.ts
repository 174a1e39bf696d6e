/** Varies an example of the catalogue, as if it had happened just now. */

type Json = unknown;

/** Ids of the occurrence, not of its participants. */
const ONE_TIME_IDS = new Set(['messageId', 'clientMessageId', 'requestId', 'sessionId', 'connectionId']);

/**
 * The example with instants moved to `at` and one-time ids made unique; everything else stays.
 *
 * @param serial makes the ids of each event different
 */
export function varyExample(
  example: Readonly<Record<string, Json>>,
  at: Date,
  serial: string,
): Record<string, Json> {
  const entries = Object.entries(example).map(
    ([name, value]) => [name, vary(name, value, at, serial)] as const,
  );
  return Object.fromEntries(entries);
}

function vary(name: string, value: Json, at: Date, serial: string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => vary(name, item, at, serial));
  if (typeof value === 'object' && value !== null) return varyExample({ ...value }, at, serial);
  if (typeof value !== 'string') return value;
  if (name.endsWith('At') && !Number.isNaN(Date.parse(value))) return at.toISOString();
  return ONE_TIME_IDS.has(name) ? `${value}-${serial}` : value;
}
