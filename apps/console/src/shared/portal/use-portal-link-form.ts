/** Keeps the form of a portal link, checks it and creates the link. */
import { MAX_PORTAL_WEBHOOKS } from '@im/contracts/api/access-constants';
import type { CreatedPortalLink, PortalPermission } from '@im/contracts/api/portal-links';
import { reactive, ref } from 'vue';
import { useText } from '../../i18n/i18n.js';
import { useFormSubmission } from '../composables/use-form-submission.js';
import { createPortalLink } from './portal-links.api.js';
import { PORTAL_LIFETIMES, type PortalLifetime } from './portal-lifetimes.js';
import { readOrigins } from './typed-origins.js';

export interface PortalLinkStart {
  appKey: string;
  /** Chosen already; empty: all of the app. */
  webhookIds: readonly string[];
  name: string;
}

interface PortalLinkForm {
  name: string;
  /** Empty: all of the app. */
  webhookIds: string[];
  permissions: PortalPermission[];
  lifetime: PortalLifetime;
}

export function usePortalLinkForm(
  { appKey, webhookIds, name }: PortalLinkStart,
  onCreated: (link: CreatedPortalLink) => void,
) {
  const { t } = useText();
  const form = reactive<PortalLinkForm>({
    name,
    webhookIds: [...webhookIds],
    permissions: ['read', 'redeliver', 'test'],
    lifetime: 'month',
  });
  /** One per line. */
  const originLines = ref('');

  async function send(): Promise<void> {
    const { origins } = readOrigins(originLines.value);
    const created = await createPortalLink(appKey, {
      permissions: form.permissions,
      expiresInSeconds: PORTAL_LIFETIMES[form.lifetime],
      ...(form.name.trim() !== '' && { name: form.name.trim() }),
      ...(form.webhookIds.length > 0 && { webhookIds: form.webhookIds }),
      ...(origins.length > 0 && { allowedOrigins: origins }),
    });
    onCreated(created);
  }

  /** Who shares one webhook must not show all of them by removing it. */
  function webhooksFault(): string {
    return webhookIds.length > 0 && form.webhookIds.length === 0 ? t('portal.webhooksRequired') : '';
  }

  function originFault(): string {
    const { invalid: origin } = readOrigins(originLines.value);
    return origin === '' ? '' : t('portal.originInvalid', { origin });
  }

  const submission = useFormSubmission({
    owners: ['/name', '/webhookIds', '/permissions', '/allowedOrigins'],
    faults: () => ({ '/webhookIds': webhooksFault(), '/allowedOrigins': originFault() }),
    send,
  });
  return { form, originLines, maxWebhooks: MAX_PORTAL_WEBHOOKS, ...submission };
}
