/**
 * Runs works, so many at a time.
 *
 * @throws the first failure, once all have ended: one that fails does not stop the others
 */
export async function runAll(works: (() => Promise<void>)[], limit: number): Promise<void> {
  const failures: unknown[] = [];
  const waiting = works.values();
  const workOff = async (): Promise<void> => {
    for (const work of waiting) await work().catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: limit }, workOff));
  if (failures.length > 0) throw failures[0] as Error;
}
