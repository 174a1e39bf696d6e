import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { ENV, type Env } from '../../../../config/env.js';

/** Identifies a started login when the browser comes back. */
export interface OidcChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export type OidcClaims = Readonly<Record<string, unknown>>;

export const OIDC_PATH = '/api/v1/auth/oidc';

const TIMEOUT_SECONDS = 10;

/** Talks to the identity provider: authorization code with PKCE, state and nonce. */
@Injectable()
export class OidcClient {
  /** Cached once it succeeded; after a failure the provider is asked again. */
  private discovery: Promise<oidc.Configuration> | undefined;

  constructor(@Inject(ENV) private readonly env: Env) {}

  get isConfigured(): boolean {
    return this.env.OIDC_ISSUER !== undefined;
  }

  /** @returns where to send the browser, and what to remember until it comes back */
  async begin(): Promise<{ url: string; checks: OidcChecks }> {
    const configuration = await this.configuration();
    const checks = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri(),
      scope: this.env.OIDC_SCOPES.join(' '),
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks };
  }

  /**
   * Redeems the code. Claims missing in the id token are requested from the provider.
   *
   * @param search the query the browser came back with, as it is in the address
   */
  async finish(search: string, checks: OidcChecks): Promise<OidcClaims> {
    const configuration = await this.configuration();
    const url = new URL(this.redirectUri());
    url.search = search;
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('The identity provider sent no id token');
    const endpoint = configuration.serverMetadata().userinfo_endpoint;
    if (endpoint === undefined) return claims;
    const more = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    return { ...more, ...claims };
  }

  /** It must be registered with the provider, letter by letter. */
  private redirectUri(): string {
    return `${this.env.PUBLIC_URL?.replace(/\/+$/, '') ?? ''}${OIDC_PATH}/callback`;
  }

  private configuration(): Promise<oidc.Configuration> {
    this.discovery ??= this.discover().catch((error: unknown) => {
      this.discovery = undefined;
      throw error;
    });
    return this.discovery;
  }

  private discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = this.env;
    const issuer = new URL(OIDC_ISSUER);
    return oidc.discovery(issuer, OIDC_CLIENT_ID, undefined, clientAuthOf(OIDC_CLIENT_SECRET), {
      timeout: TIMEOUT_SECONDS,
      execute: [
        // Signatures of id tokens are verified, although they come over a trusted connection.
        oidc.enableNonRepudiationChecks,
        // The environment allows http:// on this machine only.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is deprecated only as a warning, and meant for this
        ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    });
  }
}

/**
 * The method that the provider supports; one that names none supports Basic (OpenID Connect Discovery 1.0, section 3).
 */
function clientAuthOf(secret: string): oidc.ClientAuth {
  const basic = oidc.ClientSecretBasic(secret);
  const post = oidc.ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
}
