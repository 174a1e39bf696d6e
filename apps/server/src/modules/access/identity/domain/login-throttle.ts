/** Slows down password guessing: a few wrong tries are free, each one after them doubles a waiting time. */
const FIRST_WAIT_MS = 2_000;
const MAX_WAIT_MS = 15 * 60_000;

/** Wrong tries expire this long after the last one. */
export const THROTTLE_MEMORY_MS = 3_600_000;

export interface ThrottleState {
  throttleKey: string;
  failures: number;
  /** Until then every try is refused, a right password too. */
  blockedUntil: Date | null;
  updatedAt: Date;
}

/** One address may be a whole office, so it has more tries than one account. */
const FREE_TRIES = { email: 5, ip: 20 } as const;

export function emailThrottleKey(email: string): string {
  return `email:${email}`;
}

/** @param addressBlock the prefix of one customer: of IPv6 the /64 */
export function ipThrottleKey(addressBlock: string): string {
  return `ip:${addressBlock}`;
}

/** How long tries are refused after a number of wrong ones, in milliseconds. */
export function waitAfterMs(failures: number, freeTries: number): number {
  if (failures < freeTries) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures - freeTries, 30), MAX_WAIT_MS);
}

export function afterWrongTry(state: ThrottleState, nowMs: number): ThrottleState {
  const isExpired = nowMs - state.updatedAt.getTime() > THROTTLE_MEMORY_MS;
  const failures = (isExpired ? 0 : state.failures) + 1;
  const waitMs = waitAfterMs(failures, freeTriesOf(state.throttleKey));
  return {
    throttleKey: state.throttleKey,
    failures,
    blockedUntil: waitMs === 0 ? null : new Date(nowMs + waitMs),
    updatedAt: new Date(nowMs),
  };
}

/** A try that was counted as wrong before it was checked. */
export interface CountedTry {
  before: ThrottleState;
  after: ThrottleState;
}

/** Takes a counted try off again; other tries counted meanwhile stay. */
export function withoutTry(state: ThrottleState, { before, after }: CountedTry): ThrottleState {
  if (state.failures === after.failures) return before;
  const failures = Math.max(0, state.failures - 1);
  const isBlocked = failures >= freeTriesOf(state.throttleKey);
  return { ...state, failures, blockedUntil: isBlocked ? state.blockedUntil : null };
}

/** Seconds until the next try is checked, rounded up; 0 when it is checked now. */
export function secondsBlocked(states: readonly ThrottleState[], nowMs: number): number {
  const untilMs = Math.max(nowMs, ...states.map((state) => state.blockedUntil?.getTime() ?? nowMs));
  return Math.ceil((untilMs - nowMs) / 1000);
}

function freeTriesOf(throttleKey: string): number {
  return throttleKey.startsWith('ip:') ? FREE_TRIES.ip : FREE_TRIES.email;
}
