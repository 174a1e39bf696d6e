/** Opens a person's session with the running server, through the same API as the console. */
import { CSRF_HEADER, CSRF_HEADER_VALUE, type LoginRequest } from '@im/contracts/api/auth';

const ANSWER_WITHIN_MS = 15_000;

export class AdminSession {
  private constructor(
    private readonly baseUrl: string,
    private readonly cookie: string,
  ) {}

  /** Null when the server does not know this identity. */
  static async logIn(serverUrl: string, identity: LoginRequest): Promise<AdminSession | null> {
    const baseUrl = `${serverUrl}/api/v1`;
    const response = await send(`${baseUrl}/auth/login`, 'POST', '', identity);
    await response.body?.cancel();
    if (!response.ok) return null;
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    return new AdminSession(baseUrl, cookies.join('; '));
  }

  /** Calls the API and returns `data`, typed by the contract. */
  async call<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T> {
    const response = await send(this.baseUrl + path, method, this.cookie, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
    const { data } = JSON.parse(text) as { data: T };
    return data;
  }

  async logOut(): Promise<void> {
    const response = await send(`${this.baseUrl}/auth/logout`, 'POST', this.cookie);
    await response.body?.cancel();
  }
}

function send(url: string, method: string, cookie: string, body?: unknown): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      [CSRF_HEADER]: CSRF_HEADER_VALUE,
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
