/** Opens a person's session with the API, for the preparation of tests. */
import { CSRF_HEADER, CSRF_HEADER_VALUE, type LoginRequest } from '@im/contracts/api/auth';

export class ApiSession {
  private constructor(
    private readonly serverUrl: string,
    /** Name and value of the session cookie. */
    readonly cookie: { name: string; value: string },
  ) {}

  static async logIn(serverUrl: string, identity: LoginRequest): Promise<ApiSession> {
    const response = await fetch(`${serverUrl}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', [CSRF_HEADER]: CSRF_HEADER_VALUE },
      body: JSON.stringify(identity),
    });
    const answer = await response.text();
    const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (!response.ok || cookie === '') throw new Error(`login answers ${response.status}: ${answer}`);
    const [name = '', value = ''] = cookie.split('=', 2);
    return new ApiSession(serverUrl, { name, value });
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('PATCH', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('PUT', path, body);
  }

  /** Returns `data` of the answer, typed by the contract. */
  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.serverUrl}/api/v1${path}`, {
      method,
      headers: {
        [CSRF_HEADER]: CSRF_HEADER_VALUE,
        Cookie: `${this.cookie.name}=${this.cookie.value}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
    return response.status === 204 ? (undefined as T) : (JSON.parse(text) as { data: T }).data;
  }
}
