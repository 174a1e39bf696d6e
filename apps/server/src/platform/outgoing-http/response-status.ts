/** Classifies an answer's status for an attempt. */
import { STATUS_CODES } from 'node:http';
import type { ErrorClass } from '@im/contracts/api/deliveries';

const CLASS_OF_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: 'signature_rejected',
  403: 'signature_rejected',
  404: 'not_found',
  405: 'not_found',
  410: 'gone',
  413: 'too_large',
  429: 'rate_limited',
};

/** @returns null for 2xx, the only success; otherwise the class of the failure */
export function errorClassOfStatus(status: number): ErrorClass | null {
  const named = CLASS_OF_STATUS[status];
  if (named) return named;
  if (status < 200 || status > 599) return 'invalid_response';
  if (status < 300) return null;
  if (status < 400) return 'redirect';
  return status < 500 ? 'client_error' : 'server_error';
}

/** One sentence that names the status; for a redirect also that it is not followed. */
export function statusMessage(status: number): string {
  const reason = STATUS_CODES[status];
  const answered = `The receiver answered ${String(status)}${reason ? ` ${reason}` : ''}`;
  return status >= 300 && status < 400 ? `${answered}; redirects are not followed.` : `${answered}.`;
}
