/**
 * Refuses to start with a SECRETS_KEY that is not the one the stored secrets were sealed with: everything would be
 * accepted then, and nothing delivered.
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, EnvError, type Env } from '../../config/env.js';
import { NotOpenedError, SecretBox } from '../../platform/crypto/secret-box.js';
import { Logger } from '../../platform/logging/logger.js';
import { SealedValuesRepository, type SealedValue } from './data/sealed-values.repository.js';
import { SealingKeysRepository, type SealingKey } from './data/sealing-keys.repository.js';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.js';

const CHECK_CONTEXT = 'sealing-key';
const CHECK_TEXT = 'the key that sealed this';
/** How many values of each column are tried while no key is recorded. */
const SAMPLES = 5;

const PROBLEM =
  'SECRETS_KEY is not the key that the secrets in this database are sealed with; set it to the former one, or name that in SECRETS_KEY_PREVIOUS (docs/operations.md: "SECRETS_KEY")';

@Injectable()
export class CheckSecretsKeyService implements OnModuleInit {
  constructor(
    private readonly keys: SealingKeysRepository,
    private readonly values: SealedValuesRepository,
    private readonly secretBox: SecretBox,
    private readonly logger: Logger,
    @Inject(ENV) private readonly env: Pick<Env, 'SECRETS_KEY_LOST'>,
  ) {}

  /** @throws EnvError when there are secrets that none of the keys opens */
  onModuleInit(): Promise<void> {
    return this.keys.update((keys) => this.decide(keys));
  }

  private async decide(keys: SealingKey[]): Promise<{ add: SealingKey[]; remove: Buffer[] }> {
    const unknown = keys.filter((key) => !this.opens(key.checkValue, CHECK_CONTEXT));
    const isUsed = await this.marksInUse(unknown);
    const missed = unknown.filter(({ mark }) => isUsed.has(mark.toString('hex')));
    const isOther = missed.length > 0 || (keys.length === 0 && (await this.opensNothing()));
    if (isOther) {
      if (!this.env.SECRETS_KEY_LOST) throw new EnvError([PROBLEM]);
      this.logger.warn('secrets.key_lost', {
        advice: 'Set secrets, URLs and headers again where alerts ask for it',
      });
    }
    const { mark } = this.secretBox;
    const isNoted = keys.some((key) => key.mark.equals(mark));
    const own = { mark, checkValue: this.secretBox.seal(CHECK_TEXT, CHECK_CONTEXT) };
    return { add: isNoted ? [] : [own], remove: unknown.map((key) => key.mark) };
  }

  /** A key that no stored value needs may be removed. */
  private async marksInUse(keys: SealingKey[]): Promise<Set<string>> {
    const used = new Set<string>();
    if (keys.length === 0) return used;
    for (const column of SEALED_COLUMNS) {
      for (const { mark } of await this.values.countByMark(column)) used.add(mark.toString('hex'));
    }
    return used;
  }

  /** Whether, without a recorded key, there are secrets and none of those tried can be opened. */
  private async opensNothing(): Promise<boolean> {
    let isAny = false;
    for (const column of SEALED_COLUMNS) {
      const values = await this.values.sample(column, SAMPLES);
      if (values.some((value) => this.opens(value.value, contextOf(column, value)))) return false;
      isAny ||= values.length > 0;
    }
    return isAny;
  }

  private opens(value: Buffer, context: string): boolean {
    try {
      this.secretBox.open(value, context);
      return true;
    } catch (error) {
      if (error instanceof NotOpenedError) return false;
      throw error;
    }
  }
}

export function contextOf({ contextPrefix }: SealedColumn, { id }: Pick<SealedValue, 'id'>): string {
  return contextPrefix + id;
}
