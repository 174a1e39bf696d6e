import type { BodyOf } from '@im/contracts/routes/route-types';
import { call } from '../../shared/http/call.js';

export type SignatureQuestion = BodyOf<'POST /apps/{appKey}/signature/explain'>;

export const explainSignature = (appKey: string, question: SignatureQuestion, signal: AbortSignal) =>
  call('POST /apps/{appKey}/signature/explain', { params: { appKey }, body: question, signal });
export const getDelivery = (appKey: string, deliveryId: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/deliveries/{deliveryId}', { params: { appKey, deliveryId }, signal });
export const listRecentDeliveries = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/deliveries', { params: { appKey }, query: { limit: 30 }, signal });
