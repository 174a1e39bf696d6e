/**
 * Runs a number of concurrent loops for a while.
 *
 * @param work one round of a loop; answers how much it did
 * @returns how much was done in a second
 */
export async function rateOf(
  loops: number,
  seconds: number,
  work: (loop: number) => Promise<number>,
): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let done = 0;
  const loop = async (index: number): Promise<void> => {
    while (performance.now() < endsAt) {
      // Separate, since `done += await …` would read `done` before the wait and lose what other loops add meanwhile.
      const count = await work(index);
      done += count;
    }
  };
  await Promise.all(Array.from({ length: loops }, (_, index) => loop(index)));
  return (done * 1_000) / (performance.now() - startedAt);
}
