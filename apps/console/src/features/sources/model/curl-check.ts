/** Writes the request by which an operator checks that their IM server reaches the source; it makes no event. */
import type { SourceKind } from '@im/contracts/api/source-constants';
import { shellQuote } from '../../../shared/format/shell-quote.js';

interface Check {
  /** What the server appends to the address. */
  suffix: string;
  contentType: string;
  body: string;
}

/** A command that no server of the kind sends: it is answered and shown, and nothing else. */
const COMMAND = 'connection-check';
const CHECKS: Record<SourceKind, Check> = {
  openim: { suffix: `/${COMMAND}`, contentType: 'application/json', body: '{}' },
  wukongim: { suffix: `?event=${COMMAND}`, contentType: 'application/json', body: '[]' },
  dootask: { suffix: '', contentType: 'application/x-www-form-urlencoded', body: `event=${COMMAND}` },
  'tencent-im': {
    suffix: `?CallbackCommand=${COMMAND}&contenttype=json`,
    contentType: 'application/json',
    body: '{}',
  },
};

/** @param url the source's address, masked or whole */
export function curlCheck(kind: SourceKind, url: string): string {
  const { suffix, contentType, body } = CHECKS[kind];
  return [
    `curl -i -X POST ${shellQuote(`${url}${suffix}`)}`,
    `-H ${shellQuote(`Content-Type: ${contentType}`)}`,
    `--data-raw ${shellQuote(body)}`,
  ].join(' \\\n  ');
}
