/** Keeps a started login in a sealed cookie: any process can finish it, and only the service can read it. */
import { Inject, Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { basePathOf } from '../../../../config/base-path.js';
import { ENV, type Env } from '../../../../config/env.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { SecretBox } from '../../../../platform/crypto/secret-box.js';
import { sessionCookieOptions } from '../session-cookie.js';
import { OIDC_PATH } from './oidc-client.js';

const COOKIE = 'imc_oidc';
const CONTEXT = 'oidc-login';
const LIFETIME_MS = 10 * 60_000;

const begunLoginSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** Path of the console to open afterwards. */
  redirect: z.string(),
  endsAtMs: z.number(),
});
export type BegunLogin = Omit<z.infer<typeof begunLoginSchema>, 'endsAtMs'>;

@Injectable()
export class LoginCookie {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Env,
  ) {}

  set(reply: FastifyReply, login: BegunLogin): void {
    const text = JSON.stringify({ ...login, endsAtMs: this.clock.nowMs() + LIFETIME_MS });
    reply.setCookie(COOKIE, this.secretBox.seal(text, CONTEXT).toString('base64url'), this.options());
  }

  /** Reads and clears the cookie. @returns undefined when no login was started in this browser, or too long ago */
  take(request: FastifyRequest, reply: FastifyReply): BegunLogin | undefined {
    const sealed = request.cookies[COOKIE];
    reply.clearCookie(COOKIE, this.options());
    if (sealed === undefined) return undefined;
    try {
      const text = this.secretBox.open(Buffer.from(sealed, 'base64url'), CONTEXT);
      const { endsAtMs, ...login } = begunLoginSchema.parse(JSON.parse(text));
      return endsAtMs > this.clock.nowMs() ? login : undefined;
    } catch {
      // Forged, or sealed before SECRETS_KEY changed.
      return undefined;
    }
  }

  private options(): CookieSerializeOptions {
    const path = `${basePathOf(this.env.PUBLIC_URL)}${OIDC_PATH}`;
    return { ...sessionCookieOptions(this.env), path, maxAge: LIFETIME_MS / 1000 };
  }
}
