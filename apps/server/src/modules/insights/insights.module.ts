import { Module } from '@nestjs/common';
import { AttemptWindowsRepository } from './data/attempt-windows.repository.js';

/** What the counts say: statistics for people, and windows for alert rules. */
@Module({
  providers: [AttemptWindowsRepository],
  exports: [AttemptWindowsRepository],
})
export class InsightsModule {}
