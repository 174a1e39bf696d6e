import type { Role } from '@im/contracts/api/auth';
import { hash } from '@node-rs/argon2';
import { v7 as uuidv7 } from 'uuid';
import type { ApiClient } from './api-client.js';
import type { TestApi } from './test-api.js';

export interface TestTenant {
  tenantId: string;
  adminId: string;
  admin: ApiClient;
}

/** Another tenant with an admin who is logged in; the API itself makes only the first one. */
export async function addTenant(
  api: Pick<TestApi, 'database' | 'anonymous'>,
  adminEmail: string,
): Promise<TestTenant> {
  const tenantId = uuidv7();
  const adminId = uuidv7();
  const password = 'some other password';
  await api.database.query('INSERT INTO tenants (tenant_id, name) VALUES ($1, $2)', [tenantId, adminEmail]);
  await api.database.query(
    `INSERT INTO users (user_id, tenant_id, email, name, password_hash, role) VALUES ($1, $2, $3, $3, $4, 'admin')`,
    [adminId, tenantId, adminEmail, await hash(password)],
  );
  return { tenantId, adminId, admin: await api.anonymous.logIn(adminEmail, password) };
}

/** A member of the admin's tenant who is logged in. */
export async function addMember(
  { anonymous, admin }: { anonymous: ApiClient; admin: ApiClient },
  role: Role,
): Promise<ApiClient> {
  const login = { email: `${role}-${uuidv7()}@example.com`, password: 'some other password' };
  await admin.data('POST', '/members', { body: { ...login, role } });
  return anonymous.logIn(login.email, login.password);
}
