/** Limits the characters of payloads that all lanes of this process may queue together. */
const MAX_CHARACTERS = 48_000_000;

/** Measures what queued payloads take. */
export class PayloadMemory {
  used = 0;

  get isShort(): boolean {
    return this.used >= MAX_CHARACTERS;
  }
}
