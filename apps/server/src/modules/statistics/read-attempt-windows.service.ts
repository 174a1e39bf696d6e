/** Reads the attempts of the last two hours, for alert rules and live counters. */
import { Injectable } from '@nestjs/common';
import { AttemptWindowsRepository, type AttemptsSummary } from './data/attempt-windows.repository.js';

@Injectable()
export class ReadAttemptWindowsService {
  constructor(private readonly windows: AttemptWindowsRepository) {}

  /** See {@link AttemptWindowsRepository.summarise}. */
  summarise(webhookIds: readonly string[] | null, sinceAt: Date): Promise<AttemptsSummary[]> {
    return this.windows.summarise(webhookIds, sinceAt);
  }

  /** See {@link AttemptWindowsRepository.countFailing}. */
  countFailing(
    webhookIds: readonly string[] | null,
    sinceAt: Date,
  ): Promise<Omit<AttemptsSummary, 'p95Ms'>[]> {
    return this.windows.countFailing(webhookIds, sinceAt);
  }

  /** See {@link AttemptWindowsRepository.findSlow}. */
  findSlow(webhookIds: readonly string[] | null, sinceAt: Date, fromMs: number): Promise<string[]> {
    return this.windows.findSlow(webhookIds, sinceAt, fromMs);
  }
}
