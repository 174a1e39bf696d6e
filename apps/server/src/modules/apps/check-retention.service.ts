import { Inject, Injectable } from '@nestjs/common';
import type { UpdateAppRequest } from '@im/contracts/api/apps';
import type { FieldError } from '@im/contracts/problem';
import { ENV, type Env } from '../../config/env.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';

/** Checks the retention of an app: at most that of the service, since partitions are dropped for all apps. */
@Injectable()
export class CheckRetentionService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  /** @throws DomainError `invalid_input` */
  check({ eventsDays, logsDays }: NonNullable<UpdateAppRequest['retention']> = {}): void {
    const errors = [
      ...tooLong('/retention/eventsDays', eventsDays, this.env.RETENTION_EVENTS_DAYS),
      ...tooLong('/retention/logsDays', logsDays, this.env.RETENTION_LOGS_DAYS),
    ];
    if (errors.length > 0) throw invalidInput(errors);
  }
}

function tooLong(pointer: string, days: number | null | undefined, mostDays: number): FieldError[] {
  if (days === null || days === undefined || days <= mostDays) return [];
  return [
    {
      pointer,
      code: 'too_big',
      message: `must be at most ${String(mostDays)}, as long as the service keeps it`,
    },
  ];
}
