/** Seals and opens the settings of a webhook that may contain credentials of its receiver. */
import { Injectable } from '@nestjs/common';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { NotOpenedError, SecretBox } from '../../platform/crypto/secret-box.js';
import { sealedSettingsContext, type WebhookConfig, type WebhookRow } from './webhook-config.js';

export interface UrlAndHeaders {
  url: string;
  headers: Record<string, string>;
}

/** Where they are stored: in a webhook's row, or in a revision's settings. */
export interface StoredUrlAndHeaders extends UrlAndHeaders {
  webhookId: string;
  sealedSettings: Buffer | null;
}

export interface OpenedUrlAndHeaders extends UrlAndHeaders {
  /** false: the key is another one; the URL is without its query then, and there are no headers. */
  isOpened: boolean;
}

interface Sealed {
  /** From the question mark on. */
  query: string;
  headers: Record<string, string>;
}

@Injectable()
export class SealedSettings {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly openedSecrets: OpenedSecrets,
  ) {}

  /** @returns the columns that hold the URL and the headers */
  seal(
    webhookId: string,
    { url, headers }: UrlAndHeaders,
  ): Pick<WebhookRow, 'url' | 'maskedUrl' | 'sealedSettings' | 'headers'> {
    const { base, query } = split(url);
    const isEmpty = query === '' && Object.keys(headers).length === 0;
    const sealed: Sealed = { query, headers };
    return {
      url: base,
      maskedUrl: maskCallbackUrl(url),
      sealedSettings: isEmpty ? null : this.sealJson(webhookId, sealed),
      headers: {},
    };
  }

  /** Rows of earlier versions have everything in clear. */
  open({ webhookId, url, headers, sealedSettings }: StoredUrlAndHeaders): OpenedUrlAndHeaders {
    if (sealedSettings === null) return { url, headers, isOpened: true };
    const sealed = this.openJson(webhookId, sealedSettings) as Sealed | null;
    return sealed
      ? { url: url + sealed.query, headers: sealed.headers, isOpened: true }
      : { url, headers: {}, isOpened: false };
  }

  openWebhook({ maskedUrl: _, sealedSettings, ...row }: WebhookRow): WebhookConfig {
    const { url, headers } = this.open({ ...row, sealedSettings });
    return { ...row, url, headers };
  }

  sealJson(webhookId: string, value: unknown): Buffer {
    return this.secretBox.seal(JSON.stringify(value), sealedSettingsContext(webhookId));
  }

  /** @returns null when the key is another one */
  openJson(webhookId: string, sealed: Buffer): unknown {
    try {
      return JSON.parse(this.openedSecrets.open(sealed, sealedSettingsContext(webhookId))) as unknown;
    } catch (error) {
      if (error instanceof NotOpenedError) return null;
      throw error;
    }
  }
}

function split(url: string): { base: string; query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { base: url, query: '' } : { base: url.slice(0, at), query: url.slice(at) };
}
