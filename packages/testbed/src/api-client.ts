/** Sets up apps, webhooks and tokens through the API, as a person's browser would. */
import type { ApiTokenScope, CreateApiTokenRequest, CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { CreateAppRequest, CreatedApp } from '@im/contracts/api/apps';
import { CSRF_HEADER, CSRF_HEADER_VALUE, type LoginRequest } from '@im/contracts/api/auth';
import type { CreateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';

const ANSWER_WITHIN_MS = 60_000;

/** An answer that is no success. */
export class ApiRefusal extends Error {
  constructor(
    request: string,
    readonly status: number,
    text: string,
  ) {
    super(`${request} answers ${String(status)}: ${text.slice(0, 500)}`);
    this.name = 'ApiRefusal';
  }
}

export class ApiClient {
  private constructor(
    private readonly baseUrl: string,
    private readonly cookie: string,
  ) {}

  static async logIn(serverUrl: string, identity: LoginRequest): Promise<ApiClient> {
    const client = new ApiClient(`${serverUrl}/api/v1`, '');
    const response = await client.send('POST', '/auth/login', identity);
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    await response.body?.cancel();
    return new ApiClient(client.baseUrl, cookies.join('; '));
  }

  /** The `data` of the answer. @throws ApiRefusal */
  async call<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    return (text === '' ? undefined : (JSON.parse(text) as { data: T }).data) as T;
  }

  createApp(name: string): Promise<CreatedApp> {
    const body: CreateAppRequest = { name, packageName: 'com.example.testbed' };
    return this.call('POST', '/apps', body);
  }

  /** @param appKey null: for every app */
  async createToken(appKey: string | null, scopes: ApiTokenScope[]): Promise<string> {
    const body: CreateApiTokenRequest = { name: 'testbed', scopes, ...(appKey !== null && { appKey }) };
    return (await this.call<CreatedApiToken>('POST', '/api-tokens', body)).token;
  }

  /** @param body may have fields that this version of the service does not know yet */
  createWebhook(appKey: string, body: CreateWebhookRequest & Record<string, unknown>): Promise<Webhook> {
    return this.call('POST', `/apps/${appKey}/webhooks`, body);
  }

  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(this.baseUrl + path, {
      method,
      headers: {
        [CSRF_HEADER]: CSRF_HEADER_VALUE,
        ...(this.cookie && { Cookie: this.cookie }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new ApiRefusal(`${method} ${path}`, response.status, await response.text());
    return response;
  }
}
