import { SOURCE_KINDS } from '@im/contracts/api/source-constants';
import { RAW_REQUEST_PREFIX } from '../raw-request.js';

const KINDS = SOURCE_KINDS.map((kind) => `'${kind}'`).join(', ');

/** SQL: whether a row of events is a request of an IM server, kept whole. @param alias of the table */
export function isRawRequest(alias: string): string {
  return `(left(${alias}.payload, ${String(RAW_REQUEST_PREFIX.length)}) = '${RAW_REQUEST_PREFIX}'
    AND split_part(${alias}.event, '.', 1) IN (${KINDS}))`;
}
