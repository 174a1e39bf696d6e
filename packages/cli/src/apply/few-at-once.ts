/** Does the same work for many things, a few of them at a time, so that a long file does not meet the rate limit. */

const AT_ONCE = 8;

/**
 * What has begun ends in any case; after a failure nothing more is begun.
 *
 * @returns the results, in order
 * @throws the first failure
 */
export async function fewAtOnce<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const waiting = things.entries();
  const worker = async (): Promise<void> => {
    for (const [index, thing] of waiting) {
      if (failures.length > 0) return;
      try {
        results[index] = await work(thing);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
