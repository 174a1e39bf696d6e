/** Calls what changes one delivery. */
import { call } from '../http/call.js';

export const redeliver = (appKey: string, deliveryId: string) =>
  call('POST /apps/{appKey}/deliveries/{deliveryId}/redeliver', { params: { appKey, deliveryId } });
export const sendDeliveryNow = (appKey: string, deliveryId: string) =>
  call('POST /apps/{appKey}/deliveries/{deliveryId}/send-now', { params: { appKey, deliveryId } });
export const cancelDelivery = (appKey: string, deliveryId: string) =>
  call('POST /apps/{appKey}/deliveries/{deliveryId}/cancel', { params: { appKey, deliveryId } });
