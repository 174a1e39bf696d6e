/** Defines the explanation of a signed request: what is signed, which key fits, and which part differs. */
import { z } from 'zod';
import { localizedTextSchema } from '../diagnosis/diagnosis.js';
import { boundedRecord } from './bounded.js';
import { plainText } from './common.js';

/** Bytes of one question, headers and body together, 1 MiB. */
export const EXPLAIN_SIGNATURE_LIMIT_BYTES = 1_048_576;

const MAX_HEADERS = 100;

export const explainSignatureRequestSchema = z.strictObject({
  /** As received; the case of names does not matter, others than those of the signature are ignored. */
  headers: boundedRecord(z.string().max(200), z.string().max(8_192), MAX_HEADERS),
  /** The body as received, byte for byte. */
  body: z.string().max(EXPLAIN_SIGNATURE_LIMIT_BYTES),
  /** `base64` for bodies that are not UTF-8, or to be sure that no byte was changed on the way. */
  bodyEncoding: z.enum(['utf8', 'base64']).default('utf8'),
  /**
   * The key that verifier or signer uses. Absent: the app's and its webhooks' live secrets are tried; of those of many
   * webhooks, with a body of more than 100 KB, only the first after the webhook's that the request names.
   */
  secret: plainText(1, 300).optional(),
});
export type ExplainSignatureRequest = z.output<typeof explainSignatureRequestSchema>;

export const signaturePartSchema = z.object({
  part: z.enum(['appKey', 'id', 'timestamp', 'nonce', 'body', 'key', 'signature']),
  status: z.enum(['ok', 'warn', 'wrong', 'missing', 'unknown']),
  /** What came in the header; of the body its SHA-256 in hex; of the key the name of the one that fits, never the key. */
  value: z.string().nullable(),
});
export type SignaturePart = z.infer<typeof signaturePartSchema>;

export const signatureFindingCodeSchema = z.enum([
  'header_missing',
  'app_key_wrong',
  'app_key_form',
  'timestamp_form',
  'timestamp_seconds',
  'timestamp_milliseconds',
  'clock_off',
  'nonce_form',
  'signature_upper_case',
  'signature_encoding',
  'signature_decorated',
  'key_other',
  'key_whitespace',
  'key_encoding',
  'key_invisible',
  'key_prefix',
  'key_role',
  'body_newline',
  'body_reserialised',
  'body_escapes',
  'body_charset',
  'body_missing',
  'canonical_separator',
  'canonical_timestamp',
  'canonical_body',
  'canonical_app_key',
  'canonical_order',
  'nothing_fits',
]);
export type SignatureFindingCode = z.infer<typeof signatureFindingCodeSchema>;

export const signatureFindingSchema = z.object({
  code: signatureFindingCodeSchema,
  part: signaturePartSchema.shape.part,
  text: localizedTextSchema,
});
export type SignatureFinding = z.infer<typeof signatureFindingSchema>;

/** A key by name; the key itself is never shown. */
export const fittingKeySchema = z.object({
  owner: z.enum(['given', 'app', 'webhook']),
  /** Which of the secrets during a rotation. */
  role: z.enum(['current', 'next', 'previous']).nullable(),
  webhookId: z.string().nullable(),
  name: z.string(),
});
export type FittingKey = z.infer<typeof fittingKeySchema>;

export const signatureExplanationSchema = z
  .object({
    scheme: z.enum(['x-app', 'standard-webhooks', 'body-hmac']),
    /** `incomplete`: headers are missing, so nothing could be verified. */
    verdict: z.enum(['valid', 'invalid', 'incomplete']),
    summary: localizedTextSchema,
    /** What is signed, as computed here. Of `standard-webhooks` its body is written as `<body>`. */
    canonicalString: z.string().nullable(),
    /** Only for the given secret, never with those of the service. */
    expectedSignature: z.string().nullable(),
    fittingKey: fittingKeySchema.nullable(),
    /** How far the timestamp is from the server's clock, positive when it is ahead. */
    clockOffsetMs: z.number().nullable(),
    parts: z.array(signaturePartSchema),
    findings: z.array(signatureFindingSchema),
  })
  .meta({ id: 'SignatureExplanation' });
export type SignatureExplanation = z.infer<typeof signatureExplanationSchema>;

/** One for each scheme whose headers came. */
export const explainedSignatureSchema = z.object({ schemes: z.array(signatureExplanationSchema) });
export type ExplainedSignature = z.infer<typeof explainedSignatureSchema>;
