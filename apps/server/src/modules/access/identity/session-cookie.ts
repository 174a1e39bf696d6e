/** Sets, reads and clears the session cookie. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import { SECURE_PATH_SESSION_COOKIE, SECURE_SESSION_COOKIE, SESSION_COOKIE } from '@im/contracts/api/auth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { basePathOf } from '../../../config/base-path.js';
import type { Env } from '../../../config/env.js';
import { isHttps } from '../../../config/service-urls.js';
import { SESSION_MAX_MS } from './domain/session-lifetime.js';

type PublicUrl = Pick<Env, 'PUBLIC_URL'>;

export function setSessionCookie(reply: FastifyReply, sessionToken: string, env: PublicUrl): void {
  reply.setCookie(nameOf(env), sessionToken, sessionCookieOptions(env));
}

export function clearSessionCookie(reply: FastifyReply, env: PublicUrl): void {
  reply.clearCookie(nameOf(env), sessionCookieOptions(env));
}

/** Behind https only this name is accepted: a page on a sibling host could have set another one. */
export function sessionTokenOf(request: FastifyRequest, env: PublicUrl): string | undefined {
  return request.cookies[nameOf(env)];
}

/** The browser keeps the cookie for the maximal life of a session; the server decides whether it still lives. */
export function sessionCookieOptions(env: PublicUrl): CookieSerializeOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(env.PUBLIC_URL),
    path: basePathOf(env.PUBLIC_URL) || '/',
    maxAge: SESSION_MAX_MS / 1000,
  };
}

function nameOf({ PUBLIC_URL }: PublicUrl): string {
  if (!isHttps(PUBLIC_URL)) return SESSION_COOKIE;
  return basePathOf(PUBLIC_URL) === '' ? SECURE_SESSION_COOKIE : SECURE_PATH_SESSION_COOKIE;
}
