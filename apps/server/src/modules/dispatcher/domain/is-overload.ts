import type { ErrorClass } from '@im/contracts/api/deliveries';

/** Whether the receiver has too much to do, or cannot be reached: fewer requests at once are tried then. */
export function isOverload({
  errorClass,
  responseStatus,
}: {
  errorClass: ErrorClass | null;
  responseStatus: number | null;
}): boolean {
  if (responseStatus !== null) return responseStatus === 429 || responseStatus === 503;
  return errorClass !== null && errorClass !== 'blocked_address';
}
