/** Describes a test receiver and the requests that it got. */
import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { SignatureFault, TestReceiverMode } from '@im/contracts/api/test-receiver-constants';

export interface ReceiverRow {
  appId: string;
  urlCiphertext: Buffer;
  urlHash: Buffer;
  tokenHash: Buffer;
  mode: TestReceiverMode;
}

export interface ReceivedRequest {
  requestId: string;
  receivedAt: Date;
  method: string;
  /** JSON, credentials masked. */
  headers: string;
  /** The beginning. */
  body: Buffer;
  bodyBytes: number;
  signatureScheme: SignatureScheme;
  signatureFault: SignatureFault | null;
  webhookId: string | null;
  isFromOutside: boolean;
  /** null: no answer. */
  answerStatus: number | null;
}

/** A request that came in: how it is answered, and its number. */
export interface TakenRequest {
  mode: TestReceiverMode;
  number: string;
}

/** Of the address, see {@link ReceiverRow.urlCiphertext}. */
export function receiverUrlContext(appId: string): string {
  return `test-receiver:${appId}`;
}
