/** Lists the errors a route can answer with: those that follow from its contract, and those it names itself. */
import { ERROR_STATUS, type ErrorCode } from '@im/contracts/problem';
import { pathParametersOf, type RouteContract } from '@im/contracts/routes/route';

/** @returns the codes by HTTP status, ascending */
export function problemStatusesOf(route: RouteContract): Map<number, ErrorCode[]> {
  const codes = new Set<ErrorCode>([...codesThatFollow(route), ...(route.problems ?? [])]);
  const statuses = new Map<number, ErrorCode[]>();
  for (const code of [...codes].sort((one, other) => ERROR_STATUS[one] - ERROR_STATUS[other])) {
    const status = ERROR_STATUS[code];
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return statuses;
}

function codesThatFollow(route: RouteContract): ErrorCode[] {
  const codes: ErrorCode[] = [
    'malformed_request',
    'request_timeout',
    'too_many_requests',
    'headers_too_large',
    'service_unavailable',
  ];
  // What a route does not take, it refuses.
  if (route.query || !route.isOutsideOfApi || route.access !== 'public') codes.push('invalid_input');
  if (route.access !== 'public') {
    codes.push('unauthenticated', 'forbidden');
    if (!route.access.isOpenBeforeSecondFactor) codes.push('second_factor_setup_required');
    if (!route.access.isOpenBeforePasswordChange) codes.push('password_change_required');
    if (route.access.scope !== undefined || route.access.allowsAppSignature) codes.push('tenant_suspended');
    if (route.method !== 'GET') codes.push('csrf_header_missing');
    if (route.access.allowsAppSignature) {
      codes.push('signature_invalid', 'timestamp_out_of_window', 'nonce_reused');
    }
  }
  if (pathParametersOf(route.path).length > 0) codes.push('not_found');
  if (route.idempotency) codes.push('idempotency_key_reused', 'idempotency_key_in_progress');
  // A body is checked, and its errors answered, even where none is wanted.
  if (route.method !== 'GET') codes.push('malformed_json', 'payload_too_large', 'unsupported_media_type');
  return codes;
}
