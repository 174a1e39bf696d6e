/** Defines the built-in test receiver of an app: an address that a webhook can have before there is a real receiver. */
import { z } from 'zod';
import { signatureSchemeSchema } from './delivery-settings.js';
import { SIGNATURE_FAULTS, TEST_RECEIVER_MODES } from './test-receiver-constants.js';

export const changeTestReceiverRequestSchema = z.strictObject({ mode: z.enum(TEST_RECEIVER_MODES) });
export type ChangeTestReceiverRequest = z.infer<typeof changeTestReceiverRequestSchema>;

export const testReceiverRequestSchema = z
  .object({
    requestId: z.string(),
    receivedAt: z.string(),
    method: z.string(),
    /** Credentials masked. */
    headers: z.record(z.string(), z.string()),
    /** The beginning of the body: as text, or in base64 when it is not UTF-8. Masked for support. */
    body: z.string(),
    isBase64: z.boolean(),
    /** Of the whole body. */
    bodyBytes: z.number().int(),
    isBodyTruncated: z.boolean(),
    isSignatureValid: z.boolean(),
    signatureScheme: signatureSchemeSchema,
    /** Why the signature is not valid; null: it is valid. */
    signatureFault: z.enum(SIGNATURE_FAULTS).nullable(),
    /** The webhook whose settings decided about the signature; null: the app's secret alone. */
    webhookId: z.string().nullable(),
    /** It came over the network, such as from curl, and not from a delivery. */
    isFromOutside: z.boolean(),
    /** What it was answered; null: nothing. */
    answerStatus: z.number().int().nullable(),
  })
  .meta({ id: 'TestReceiverRequest' });
export type TestReceiverRequest = z.infer<typeof testReceiverRequestSchema>;

export const testReceiverSchema = z
  .object({
    /** The address for a webhook, masked for support; null: it is not created yet. */
    url: z.string().nullable(),
    mode: z.enum(TEST_RECEIVER_MODES),
    /** At most 50, the newest first. */
    requests: z.array(testReceiverRequestSchema),
  })
  .meta({ id: 'TestReceiver' });
export type TestReceiver = z.infer<typeof testReceiverSchema>;
