import { randomUUID } from 'node:crypto';
import type { LoginRequest } from '@im/contracts/api/auth';
import { ApiSession } from './api-session.js';
import { findProduct } from './product-address.js';

/**
 * Changes a password that another member set, as required at the first login.
 * @returns what they log in with from then on
 */
export async function chooseOwnPassword({ email, password }: LoginRequest): Promise<LoginRequest> {
  const session = await ApiSession.logIn(findProduct().url, { email, password });
  const newPassword = randomUUID();
  await session.post('/auth/password', { currentPassword: password, newPassword });
  await session.post('/auth/logout');
  return { email, password: newPassword };
}
