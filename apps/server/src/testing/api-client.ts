/** Calls the API like a browser or a program, and compares every answer with the OpenAPI document. */
import { CSRF_HEADER, CSRF_HEADER_VALUE, type CurrentUser } from '@im/contracts/api/auth';
import { API_BASE } from '@im/contracts/routes/route';
import { checkConformance } from './conformance.js';

const JSON_TYPE = /^application\/(problem\+)?json\b/;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ApiCall {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, unknown>;
  /** The parsed body; undefined when there was none, or no JSON. */
  body: unknown;
  text: string;
}

export interface HttpCall {
  method: Method;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

/** A server in this process is called without a socket, another one over HTTP. */
export interface Callable {
  inject: (call: HttpCall) => Promise<{
    statusCode: number;
    headers: Record<string, unknown>;
    payload: string;
  }>;
}

export class ApiClient {
  constructor(
    private readonly app: Callable,
    /** Sent with every call. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  with(headers: Record<string, string>): ApiClient {
    return new ApiClient(this.app, { ...this.headers, ...headers });
  }

  withToken(apiToken: string): ApiClient {
    return this.with({ authorization: `Bearer ${apiToken}` });
  }

  /**
   * Logs in. A password that another member set is changed as required, and then set back, so that a test can go on
   * using the one it knows.
   *
   * @returns a client with the session, like a browser tab of the console
   */
  async logIn(email: string, password: string): Promise<ApiClient> {
    const answer = await this.call('POST', '/auth/login', { body: { email, password } });
    if (answer.status !== 200) throw new Error(`Login answered ${answer.status}: ${answer.text}`);
    const client = new ApiClient(this.app, {
      cookie: sessionCookieOf(answer),
      [CSRF_HEADER]: CSRF_HEADER_VALUE,
    });
    const { mustChangePassword } = (answer.body as { data: CurrentUser }).data;
    if (mustChangePassword) {
      await client.changePassword(password, `not ${password}`);
      await client.changePassword(`not ${password}`, password);
    }
    return client;
  }

  private async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    const answer = await this.call('POST', '/auth/password', { body: { currentPassword, newPassword } });
    if (answer.status !== 204) throw new Error(`The password was not changed: ${answer.text}`);
  }

  /** @param path below the base of the API, or from the root when it begins with `/api/` */
  async call(method: Method, path: string, { body, headers }: ApiCall = {}): Promise<ApiAnswer> {
    const url = path.startsWith('/api/') ? path : API_BASE + path;
    const response = await this.app.inject({
      method,
      url,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const { 'content-type': type } = response.headers;
    const contentType = typeof type === 'string' ? type : '';
    const isJson = JSON_TYPE.test(contentType) && response.payload !== '';
    const answer = isJson ? (JSON.parse(response.payload) as unknown) : undefined;
    checkConformance({ method, url, status: response.statusCode, contentType, body: answer });
    return { status: response.statusCode, headers: response.headers, body: answer, text: response.payload };
  }

  /** The `data` of an answer that must be a success. */
  async data<T>(method: Method, path: string, call: ApiCall = {}): Promise<T> {
    const answer = await this.call(method, path, call);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return (answer.body as { data: T }).data;
  }
}

/** `name=value` of the session cookie an answer sets. */
export function sessionCookieOf(answer: ApiAnswer): string {
  const header = answer.headers['set-cookie'];
  const [first] = Array.isArray(header) ? (header as string[]) : [String(header)];
  return first?.split(';')[0] ?? '';
}
