/**
 * Shares one local request among attempts of the same delivery. While the process was suspended the service gave up an
 * attempt and made another one; both are read afterwards, and the local server must get the delivery once, before what
 * follows it in its conversation.
 */
export class SharedForwards<T> {
  private readonly underWay = new Map<string, Promise<T>>();

  /** @param key of the delivery */
  run(key: string, forward: () => Promise<T>): Promise<T> {
    const known = this.underWay.get(key);
    if (known) return known;
    const started = forward().finally(() => this.underWay.delete(key));
    this.underWay.set(key, started);
    return started;
  }
}
