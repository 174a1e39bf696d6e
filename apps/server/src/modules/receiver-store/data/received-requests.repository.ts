/** Keeps the last requests of each test receiver: each has a fixed number of slots, which are filled in turn. */
import { Injectable } from '@nestjs/common';
import { MAX_TEST_RECEIVER_REQUESTS } from '@im/contracts/api/test-receiver-constants';
import { DataSource } from 'typeorm';
import type { ReceivedRequest } from '../receiver.js';

@Injectable()
export class ReceivedRequestsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Replaces the oldest. Of an app whose receiver is gone meanwhile nothing is kept. @param number see `TakenRequest` */
  async record(appId: string, number: string, request: ReceivedRequest): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO test_receiver_requests (app_id, slot, request_id, received_at, method, headers, body, body_bytes,
         signature_scheme, signature_fault, webhook_id, is_from_outside, answer_status)
       SELECT app_id, $2::bigint % $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
       FROM test_receivers WHERE app_id = $1
       ON CONFLICT (app_id, slot) DO UPDATE SET
         request_id = excluded.request_id, received_at = excluded.received_at, method = excluded.method,
         headers = excluded.headers, body = excluded.body, body_bytes = excluded.body_bytes,
         signature_scheme = excluded.signature_scheme, signature_fault = excluded.signature_fault,
         webhook_id = excluded.webhook_id, is_from_outside = excluded.is_from_outside,
         answer_status = excluded.answer_status`,
      [appId, number, MAX_TEST_RECEIVER_REQUESTS, ...valuesOf(request)],
    );
  }

  /** The newest first. */
  async list(appId: string, since: Date): Promise<ReceivedRequest[]> {
    return this.dataSource.query<ReceivedRequest[]>(
      `SELECT request_id AS "requestId", received_at AS "receivedAt", method, headers, body,
         body_bytes AS "bodyBytes", signature_scheme AS "signatureScheme", signature_fault AS "signatureFault",
         webhook_id AS "webhookId", is_from_outside AS "isFromOutside", answer_status AS "answerStatus"
       FROM test_receiver_requests WHERE app_id = $1 AND received_at >= $2 ORDER BY request_id DESC`,
      [appId, since],
    );
  }

  async removeBefore(instant: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM test_receiver_requests WHERE received_at < $1', [instant]);
  }
}

function valuesOf(request: ReceivedRequest): unknown[] {
  return [
    request.requestId,
    request.receivedAt,
    request.method,
    request.headers,
    request.body,
    request.bodyBytes,
    request.signatureScheme,
    request.signatureFault,
    request.webhookId,
    request.isFromOutside,
    request.answerStatus,
  ];
}
