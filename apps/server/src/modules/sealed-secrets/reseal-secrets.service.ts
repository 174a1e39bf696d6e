/**
 * Reseals everything under the current key, in batches while the service runs: what former keys sealed, and what
 * earlier versions left in clear. The rows show what is left, so it can be interrupted.
 */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { NotOpenedError, SecretBox } from '../../platform/crypto/secret-box.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { SealClearSettingsService } from './seal-clear-settings.service.js';
import { contextOf } from './check-secrets-key.service.js';
import {
  SealedValuesRepository,
  type ResealedValue,
  type SealedValue,
} from './data/sealed-values.repository.js';
import { SealingKeysRepository } from './data/sealing-keys.repository.js';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.js';

/** Rows of a transaction: few, so that its locks are short. */
const ROWS_AT_ONCE = 200;
/** Other processes may still seal under a former key. */
const AGAIN_AFTER_MS = 300_000;
const RETRY_AFTER_MS = 5_000;

/** Values by the key that seals them. */
interface SealedCounts {
  current: number;
  previous: number;
  unopenable: number;
}

@Injectable()
export class ResealSecretsService implements OnModuleInit {
  /** Values that one of the keys should open and does not. */
  private damaged = 0;

  constructor(
    private readonly values: SealedValuesRepository,
    private readonly keys: SealingKeysRepository,
    private readonly clearSettings: SealClearSettingsService,
    private readonly secretBox: SecretBox,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'secrets.reseal_failed',
      failureLevel: 'warn',
      firstDelayMs: 0,
      delayMs: ({ hasFailed }) => (hasFailed ? RETRY_AFTER_MS : AGAIN_AFTER_MS),
      run: (stopping) => this.run(stopping),
    });
  }

  onModuleInit(): void {
    this.metrics.secrets.watchFailures(() => this.secretBox.failures);
  }

  private async run(stopping: AbortSignal): Promise<void> {
    await this.clearSettings.run(stopping);
    let counts = await this.count();
    if (counts.previous > 0) {
      await this.resealAll(counts, stopping);
      if (stopping.aborted) return;
      counts = await this.count();
    }
    const { previous, unopenable } = counts;
    if (previous === 0 && unopenable === 0) await this.removeFormerKeys();
  }

  /** @param counts the last counts, which are kept up to date, since counting reads whole tables */
  private async resealAll(counts: SealedCounts, stopping: AbortSignal): Promise<void> {
    this.damaged = 0;
    let done = 0;
    for (const column of SEALED_COLUMNS) {
      let after: string | null | undefined = null;
      do {
        let resealed = 0;
        after = await this.values.replaceBatch(
          column,
          { mark: this.secretBox.mark, after, limit: ROWS_AT_ONCE },
          (values) => {
            const replaced = values.flatMap((value) => this.reseal(column, value));
            resealed = replaced.length;
            return replaced;
          },
        );
        // Another process is doing it, to the end.
        if (after === null) return;
        done += resealed;
        if (resealed > 0) {
          counts.current += resealed;
          counts.previous = Math.max(0, counts.previous - resealed);
          this.metrics.secrets.show(counts);
          this.logger.info('secrets.resealed', { ...where(column), done, ...counts });
        }
      } while (after !== undefined && !stopping.aborted);
      if (stopping.aborted) return;
    }
    this.logger.info('secrets.reseal_finished', { done, damaged: this.damaged });
  }

  private reseal(column: SealedColumn, value: SealedValue): ResealedValue[] {
    const context = contextOf(column, value);
    try {
      const resealed = this.secretBox.seal(this.secretBox.open(value.value, context), context);
      return [{ ...value, resealed }];
    } catch (error) {
      if (!(error instanceof NotOpenedError)) throw error;
      // Values of an unknown key are counted by its mark.
      if (this.secretBox.knowsKeyOf(value.value) !== false) {
        this.damaged += 1;
        this.logger.warn('secrets.not_opened', { ...where(column), id: value.id });
      }
      return [];
    }
  }

  private async count(): Promise<SealedCounts> {
    const counts = { current: 0, previous: 0, unopenable: 0 };
    for (const column of SEALED_COLUMNS) {
      for (const { mark, count } of await this.values.countByMark(column)) {
        if (mark.equals(this.secretBox.mark)) counts.current += count;
        else if (this.secretBox.knowsKeyOf(mark) === false) counts.unopenable += count;
        else counts.previous += count;
      }
    }
    counts.previous -= Math.min(counts.previous, this.damaged);
    counts.unopenable += this.damaged;
    this.metrics.secrets.show(counts);
    return counts;
  }

  /** Removes the records of former keys: the service can start without SECRETS_KEY_PREVIOUS from now on. */
  private removeFormerKeys(): Promise<void> {
    return this.keys.update((keys) => {
      const former = keys.filter(({ mark }) => !mark.equals(this.secretBox.mark));
      return Promise.resolve({ add: [], remove: former.map(({ mark }) => mark) });
    });
  }
}

function where({ table, column }: SealedColumn) {
  return { table, column };
}
