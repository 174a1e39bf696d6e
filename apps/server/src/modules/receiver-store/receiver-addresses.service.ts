/**
 * Knows the addresses of test receivers. An address belongs to one app and is compared as a whole, byte by byte, so that
 * nothing that merely looks like one is taken for it.
 */
import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { randomHex } from '../../platform/crypto/random-pool.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { ReceiversRepository } from './data/receivers.repository.js';
import { receiverUrlContext, type ReceiverRow } from './receiver.js';

/** 192 bits cannot be guessed. */
const TOKEN_BYTES = 24;
const ADDRESS = /^https?:\/\/[^/?#@\\]+(\/[^?#@\\]*)?\/test-receiver\/[0-9a-f]{48}$/;

/** Whether a URL has the form of an address: only then it is looked up. */
export function hasReceiverForm(url: string): boolean {
  return ADDRESS.test(url);
}

@Injectable()
export class ReceiverAddressesService {
  constructor(
    private readonly receivers: ReceiversRepository,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'PUBLIC_URL'>,
  ) {}

  /** Makes the receiver of an app, unless it has one. @param origin where this service is reached without PUBLIC_URL */
  async create(appId: string, origin: string, createdBy: string): Promise<void> {
    const token = randomHex(TOKEN_BYTES);
    const url = `${this.env.PUBLIC_URL?.replace(/\/+$/, '') ?? origin}/test-receiver/${token}`;
    const receiver: ReceiverRow = {
      appId,
      urlCiphertext: this.secretBox.seal(url, receiverUrlContext(appId)),
      urlHash: hashOf(url),
      tokenHash: hashOf(token),
      mode: 'ok',
    };
    await this.receivers.insert(receiver, createdBy, this.clock.now());
  }

  /** Whether the URL is the address of this app's own receiver. */
  async isAddressOf(appId: string, url: string): Promise<boolean> {
    if (!hasReceiverForm(url)) return false;
    const receiver = await this.receivers.find(appId);
    return receiver?.urlHash.equals(hashOf(url)) === true;
  }

  /**
   * Whether the URL leads to a test receiver of any app of this installation. Known only with PUBLIC_URL; without it
   * the address of the service is private, and guarded like any other.
   */
  isBelowPublicUrl(url: string): boolean {
    const { PUBLIC_URL } = this.env;
    if (PUBLIC_URL === undefined || !URL.canParse(url)) return false;
    const [own, asked] = [new URL(PUBLIC_URL), new URL(url)];
    const prefix = `${own.pathname.replace(/\/+$/, '')}/test-receiver/`;
    return asked.host === own.host && asked.pathname.toLowerCase().startsWith(prefix.toLowerCase());
  }

  /** The receiver that a request from outside is for. */
  async byToken(token: string): Promise<ReceiverRow | undefined> {
    return this.receivers.findByToken(hashOf(token));
  }

  urlOf({ appId, urlCiphertext }: ReceiverRow): string {
    return this.secretBox.open(urlCiphertext, receiverUrlContext(appId));
  }
}

function hashOf(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
