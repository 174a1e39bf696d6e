/** Counts why deliveries of an app failed, or are retried, up to a limit for each webhook, so that it never takes long. */
import { Injectable } from '@nestjs/common';
import type { ErrorClass } from '@im/contracts/api/deliveries';
import { ERROR_CLASSES } from '@im/contracts/api/delivery-constants';
import { MAX_COUNTED_FAILED, MAX_COUNTED_WAITING } from '@im/contracts/api/failure-causes';
import { DataSource } from 'typeorm';
import { queryWithin } from '../../../platform/database/query-within.js';
import { lowestIdOf } from '../../delivery-store/data/delivery-filter.js';

const TIME_LIMIT_MS = 5_000;

export interface CountedCause {
  errorClass: ErrorClass;
  /** null: there was no answer. */
  responseStatus: number | null;
  count: number;
}

export interface CountedCauses {
  causes: CountedCause[];
  /** A limit was reached. */
  isPartial: boolean;
}

// NULLS LAST (backwards NULLS FIRST) is the order of the indexes. Of what waits no index knows the error class, and most
// of it may not have been tried: the oldest have.
const COUNT = `
  WITH failed AS (
    SELECT w.webhook_id, c.error_class, d.response_status
    FROM webhook_configs w CROSS JOIN unnest($2::text[]) AS c(error_class) CROSS JOIN LATERAL (
      SELECT response_status FROM deliveries
      WHERE webhook_id = w.webhook_id AND error_class = c.error_class AND status = 'failed'
        AND kind IN ('event', 'redelivery') AND delivery_id >= $3 AND delivery_id < $4
      ORDER BY delivery_id DESC NULLS LAST LIMIT $5 + 1
    ) AS d WHERE w.app_id = $1
  ), waiting AS (
    SELECT w.webhook_id, d.error_class, d.response_status, d.kind
    FROM webhook_configs w CROSS JOIN LATERAL (
      SELECT error_class, response_status, kind FROM pending_deliveries
      WHERE webhook_id = w.webhook_id AND delivery_id >= $3 AND delivery_id < $4
      ORDER BY delivery_id ASC NULLS FIRST LIMIT $6 + 1
    ) AS d WHERE w.app_id = $1
  ), causes AS (
    SELECT error_class AS "errorClass", response_status AS "responseStatus", count(*) AS count FROM (
      SELECT error_class, response_status FROM failed
      UNION ALL
      SELECT error_class, response_status FROM waiting
      WHERE error_class IS NOT NULL AND kind IN ('event', 'redelivery')
    ) AS found GROUP BY 1, 2
  )
  SELECT (SELECT coalesce(json_agg(causes), '[]') FROM causes) AS causes,
    EXISTS (SELECT FROM failed GROUP BY webhook_id, error_class HAVING count(*) > $5)
    OR EXISTS (SELECT FROM waiting GROUP BY webhook_id HAVING count(*) > $6) AS "isPartial"`;

@Injectable()
export class FailureCausesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws DomainError `search_too_broad` when it takes too long */
  async count(appId: string, from: Date, to: Date): Promise<CountedCauses> {
    const parameters = [
      appId,
      ERROR_CLASSES,
      lowestIdOf(from.toISOString()),
      lowestIdOf(to.toISOString()),
      MAX_COUNTED_FAILED,
      MAX_COUNTED_WAITING,
    ];
    // The planner takes every webhook to fail as often as all do on average. Of one that fails all the time it would
    // sort a million rows to take a thousand.
    const [row] = await queryWithin<CountedCauses>(this.dataSource, TIME_LIMIT_MS, COUNT, parameters, {
      isUnsorted: true,
    });
    return row ?? { causes: [], isPartial: false };
  }
}
