/** Characters of payloads that may wait in the lanes of this process, all together. */
const MOST = 48_000_000;

/** What the payloads in the lanes take. */
export class PayloadMemory {
  used = 0;

  get isShort(): boolean {
    return this.used >= MOST;
  }
}
