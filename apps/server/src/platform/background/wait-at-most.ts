/** Waits for work, at most for a time. A failure also ends the wait; it is reported where the work is done. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, tooLate]).catch(() => undefined);
  clearTimeout(timer);
}
