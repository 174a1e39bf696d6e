/**
 * Runs an identity provider on loopback with one person: authorization code with PKCE, id tokens signed with RS256. It
 * checks clients strictly, and can be made to send wrong claims.
 */
import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

const KEY_ID = 'test';

export class OidcProvider {
  readonly clientId = 'im-console';
  readonly clientSecret = 'a secret & more';
  /** Claims of the person, in addition to the standard ones. */
  claims: Record<string, unknown> = {};
  /** Claims that its id tokens carry instead of the right ones. */
  wrongClaims: Record<string, unknown> = {};
  /** Refuses instead of sending a code. */
  denial: string | undefined;
  /** Signs with a key that it does not publish. */
  isForged = false;
  private readonly grants = new Map<string, URLSearchParams>();

  private constructor(
    private readonly server: Server,
    private readonly privateKey: CryptoKey,
    private readonly foreignKey: CryptoKey,
    private readonly jwk: JWK,
  ) {}

  static async start(): Promise<OidcProvider> {
    const [{ privateKey, publicKey }, foreign] = await Promise.all([
      generateKeyPair('RS256', { extractable: true }),
      generateKeyPair('RS256'),
    ]);
    const server = createServer();
    const jwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' };
    const provider = new OidcProvider(server, privateKey, foreign.privateKey, jwk);
    server.on('request', (request, response) => {
      provider.answer(request, response).catch((error: unknown) => {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: 'invalid_grant', error_description: String(error) }));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Follows the redirects of a person who consents. @returns the way back */
  async visit(authorizationUrl: string): Promise<URL> {
    const response = await fetch(authorizationUrl, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (url.pathname === '/authorize') {
      response.writeHead(302, { location: this.authorize(url.searchParams) }).end();
      return;
    }
    const body = await this.bodyOf(url, request);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private async bodyOf(url: URL, request: IncomingMessage): Promise<unknown> {
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return this.metadata();
      case '/jwks':
        return { keys: [this.jwk] };
      case '/token':
        return this.redeem(request);
      case '/userinfo':
        return { sub: 'person-1', ...this.claims };
      default:
        throw new Error(`There is nothing at ${url.pathname}`);
    }
  }

  private metadata() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private authorize(parameters: URLSearchParams): string {
    for (const name of ['state', 'nonce', 'code_challenge', 'redirect_uri']) must(parameters.has(name), name);
    must(parameters.get('response_type') === 'code', 'response_type');
    must(parameters.get('code_challenge_method') === 'S256', 'code_challenge_method');
    must(parameters.get('client_id') === this.clientId, 'client_id');
    must((parameters.get('scope') ?? '').split(' ').includes('openid'), 'scope');
    const back = new URL(parameters.get('redirect_uri') ?? '');
    back.searchParams.set('state', parameters.get('state') ?? '');
    if (this.denial !== undefined) {
      back.searchParams.set('error', this.denial);
      return back.href;
    }
    const code = randomBytes(16).toString('hex');
    this.grants.set(code, parameters);
    back.searchParams.set('code', code);
    return back.href;
  }

  private async redeem(request: IncomingMessage): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    must(credentialsOf(request).join() === [this.clientId, this.clientSecret].join(), 'client credentials');
    const grant = this.grants.get(form.get('code') ?? '');
    must(this.grants.delete(form.get('code') ?? ''), 'code');
    must(grant?.get('redirect_uri') === form.get('redirect_uri'), 'redirect_uri');
    const challenge = hash('sha256', form.get('code_verifier') ?? '', 'base64url');
    must(grant.get('code_challenge') === challenge, 'code_verifier');
    return {
      access_token: randomBytes(16).toString('hex'),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await this.idToken(grant.get('nonce') ?? ''),
    };
  }

  private idToken(nonce: string): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: this.issuer,
      aud: this.clientId,
      sub: 'person-1',
      nonce,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      ...this.wrongClaims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
      .sign(this.isForged ? this.foreignKey : this.privateKey);
  }
}

/** Name and secret of HTTP Basic, each form-encoded before (RFC 6749, section 2.3.1). */
function credentialsOf({ headers }: IncomingMessage): string[] {
  const [, encoded = ''] = (headers.authorization ?? '').split('Basic ');
  return Buffer.from(encoded, 'base64')
    .toString()
    .split(':')
    .map((part) => new URLSearchParams(`part=${part}`).get('part') ?? '');
}

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Wrong or missing: ${what}`);
}
