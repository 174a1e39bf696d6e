import type { TestReceiverRequest } from '@im/contracts/api/test-receiver';

/** @returns a header's value; names are compared in any case */
export function headerOf(
  { headers }: Pick<TestReceiverRequest, 'headers'>,
  name: string,
): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(headers).find(([each]) => each.toLowerCase() === wanted)?.[1];
}
