import type { CookieSerializeOptions } from '@fastify/cookie';
import { SESSION_COOKIE } from '@im/contracts/api/auth';
import type { FastifyRequest } from 'fastify';
import type { Env } from '../../config/env.js';
import { SESSION_MAX_MS } from './domain/session-lifetime.js';

/** The browser keeps the cookie for as long as a session can live; whether it still does, the server knows. */
export function sessionCookieOptions(env: Pick<Env, 'PUBLIC_URL'>): CookieSerializeOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: env.PUBLIC_URL?.startsWith('https:') ?? false,
    path: '/',
    maxAge: SESSION_MAX_MS / 1000,
  };
}

export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE];
}
