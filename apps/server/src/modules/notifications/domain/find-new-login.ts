import type { NotificationChannel } from '@im/contracts/api/notification-channels';

/** Where a password goes to, how, and as whose. */
const LOGIN_FIELDS = ['host', 'port', 'security', 'username'] as const;

type Login = Pick<NonNullable<NotificationChannel['email']>, (typeof LOGIN_FIELDS)[number]>;

/**
 * @param to absent fields stay
 * @returns the first part of the login that would be another
 */
export function findNewLogin(
  from: Login,
  to: { [K in keyof Login]?: Login[K] | undefined },
): keyof Login | undefined {
  return LOGIN_FIELDS.find((field) => to[field] !== undefined && to[field] !== from[field]);
}
