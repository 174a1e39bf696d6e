import type { CreatedPortalLink, PortalSession } from '@im/contracts/api/portal-links';
import type { ApiClient } from './api-client.js';
import type { AppUnderTest } from './app-under-test.js';

/** A link to all webhooks of the app for an hour. */
export function addPortalLink(
  { client, base }: AppUnderTest,
  override: Record<string, unknown> = {},
): Promise<CreatedPortalLink> {
  const body = { permissions: ['read'], expiresInSeconds: 3_600, ...override };
  return client.data('POST', `${base}/portal-links`, { body });
}

/** A client with the access token of the link. */
export async function openPortal(anonymous: ApiClient, { token }: { token: string }): Promise<ApiClient> {
  const { accessToken } = await anonymous.data<PortalSession>('POST', '/portal/session', { body: { token } });
  return anonymous.withToken(accessToken);
}
