/** Maps a list with asynchronous work, of which a limited number runs at once, so that a long file does not meet the rate limit. */

const AT_ONCE = 8;

/**
 * What has been started always ends; after a failure noitem more is started.
 *
 * @returns the results, in order
 * @throws the first failure
 */
export async function mapWithLimit<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (failures.length > 0) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
