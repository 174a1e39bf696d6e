/** What the sealed secret is bound to. */
export function secondFactorContext(userId: string): string {
  return `second-factor:${userId}`;
}
