/**
 * Makes and reads the access tokens of portal links: the link's id and the end, authenticated under SECRETS_KEY. None is
 * stored; with each use the link itself is looked up, so that revoking it ends them all.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { PORTAL_TOKEN_PREFIX } from '../access/portal-callers.js';

const ID_BYTES = 16;
const END_BYTES = 6;
const CONTENT_BYTES = ID_BYTES + END_BYTES;
const MAC_BYTES = 32;

export interface AccessTokenContent {
  linkId: string;
  endsAtMs: number;
}

@Injectable()
export class AccessTokens {
  private readonly key: Buffer;

  constructor(@Inject(ENV) { SECRETS_KEY }: Pick<Env, 'SECRETS_KEY'>) {
    this.key = createHmac('sha256', SECRETS_KEY).update('im-callback portal access tokens').digest();
  }

  issue({ linkId, endsAtMs }: AccessTokenContent): string {
    const content = Buffer.alloc(CONTENT_BYTES);
    content.write(linkId.replaceAll('-', ''), 'hex');
    content.writeUIntBE(endsAtMs, ID_BYTES, END_BYTES);
    return PORTAL_TOKEN_PREFIX + Buffer.concat([content, this.macOf(content)]).toString('base64url');
  }

  /** @returns undefined unless this service issued it */
  read(accessToken: string): AccessTokenContent | undefined {
    const bytes = Buffer.from(accessToken.slice(PORTAL_TOKEN_PREFIX.length), 'base64url');
    if (bytes.length !== CONTENT_BYTES + MAC_BYTES) return undefined;
    const content = bytes.subarray(0, CONTENT_BYTES);
    if (!timingSafeEqual(bytes.subarray(CONTENT_BYTES), this.macOf(content))) return undefined;
    const id = content.toString('hex', 0, ID_BYTES);
    return {
      linkId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      endsAtMs: content.readUIntBE(ID_BYTES, END_BYTES),
    };
  }

  private macOf(content: Buffer): Buffer {
    return createHmac('sha256', this.key).update(content).digest();
  }
}
