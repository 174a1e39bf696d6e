import type { ApiTokenScope, CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { CreatedApp } from '@im/contracts/api/apps';
import type { ApiClient } from './api-client.js';

export function addApp(admin: ApiClient, override: Record<string, unknown> = {}): Promise<CreatedApp> {
  return admin.data('POST', '/apps', {
    body: { name: 'Chat', packageName: 'com.example.chat', ...override },
  });
}

export function addApiToken(
  admin: ApiClient,
  scopes: ApiTokenScope[],
  override: Record<string, unknown> = {},
): Promise<CreatedApiToken> {
  return admin.data('POST', '/api-tokens', { body: { name: 'deploy', scopes, ...override } });
}
