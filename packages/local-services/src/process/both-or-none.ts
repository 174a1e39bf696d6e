export interface Stoppable {
  stop: () => Promise<void>;
}

/** Waits for two services that start concurrently; when one fails, the other is stopped again. */
export async function bothOrNone<A extends Stoppable, B extends Stoppable>(
  first: Promise<A>,
  second: Promise<B>,
): Promise<[A, B]> {
  const results = await Promise.allSettled([first, second]);
  try {
    return await Promise.all([first, second]);
  } catch (error) {
    const running = results.filter((result) => result.status === 'fulfilled');
    await Promise.all(running.map((result) => result.value.stop()));
    throw error;
  }
}
