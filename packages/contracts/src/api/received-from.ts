/** Defines who handed an event in. */
import { z } from 'zod';
import { SOURCE_KINDS } from './source-constants.js';

/** `test` is a test send; `unknown` came before this was noted. */
export const receivedFromSchema = z
  .object({
    kind: z.enum(['session', 'api_token', 'app_signature', 'source', 'test', 'unknown']),
    /** A person's email, a token's name, an AppKey, a source's name. */
    name: z.string().nullable(),
    /** Only of a source, as the following. */
    sourceId: z.string().optional(),
    sourceKind: z.enum(SOURCE_KINDS).optional(),
    /** Its name is the last one it had. */
    isSourceDeleted: z.boolean().optional(),
  })
  .meta({ id: 'ReceivedFrom' });
export type ReceivedFrom = z.infer<typeof receivedFromSchema>;
