/** Words the outcome of an event at one webhook, in the reader's language and zone. */
import type { TracedWebhook } from '@im/contracts/api/trace';
import type { Translate } from '../../../i18n/i18n.js';
import type { Locale } from '../../../i18n/locales.js';
import { formatInstant } from '../../../shared/format/instant.js';
import { decisiveDelivery, lastFailure } from './decisive-delivery.js';

/** Texts, the language, and the language's tag for `Intl`. */
export interface Wording {
  t: Translate;
  locale: Locale;
  localeTag: string;
}

export function nameOf({ name, url }: Pick<TracedWebhook, 'name' | 'url'>): string {
  return name || (/^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url);
}

/** Without the webhook's name. */
export function outcomeText(webhook: TracedWebhook, wording: Wording): string {
  const { t, locale, localeTag } = wording;
  const { outcome, answer, decidedBy } = webhook;
  const delivery = decisiveDelivery(webhook);
  // The service words what a before-callback decided.
  if (delivery?.kind === 'before') return answer[locale];
  switch (outcome) {
    case 'delivered':
      return deliveredText(delivery, wording);
    case 'waiting':
    case 'paused':
    case 'failed':
      return notDeliveredText(webhook, wording);
    case 'filtered': {
      const wanted = Array.isArray(decidedBy?.value)
        ? decidedBy.value.join(localeTag === 'en' ? ', ' : '、')
        : '-';
      return t('trace.conclusion.filtered', { events: wanted });
    }
    default:
      return t(`trace.conclusion.${outcome}`);
  }
}

/** As {@link outcomeText}, without what only operators of the service need. */
export function customerText(webhook: TracedWebhook, wording: Wording): string {
  const { t } = wording;
  if (decisiveDelivery(webhook)?.kind === 'before') {
    return t(webhook.outcome === 'delivered' ? 'trace.conclusion.asked' : 'trace.conclusion.notAsked');
  }
  if (webhook.outcome === 'missing') return t('trace.conclusion.missingForCustomer');
  return outcomeText(webhook, wording);
}

/** The setting of that time that decided; '' if none did. */
export function settingText({ decidedBy }: TracedWebhook, { t, localeTag }: Wording): string {
  if (!decidedBy) return '';
  const { revision, by, since } = decidedBy;
  return t('trace.matched.setting', { revision, by, time: formatInstant(since, localeTag) });
}

function deliveredText(delivery: ReturnType<typeof decisiveDelivery>, { t, localeTag }: Wording): string {
  const { completedAt = null, attempts = 1 } = delivery ?? {};
  const time = completedAt === null ? '-' : formatInstant(completedAt, localeTag);
  return attempts > 1
    ? t('trace.conclusion.deliveredLater', { time, attempt: attempts })
    : t('trace.conclusion.delivered', { time });
}

function notDeliveredText(webhook: TracedWebhook, { t }: Wording): string {
  const delivery = decisiveDelivery(webhook);
  const count = delivery?.attempts ?? 0;
  const cause = causeText(delivery, t);
  if (webhook.outcome === 'failed') return t('trace.conclusion.failed', { cause, count });
  if (delivery?.heldBy === 'person') return t('trace.conclusion.pausedByPerson');
  if (delivery?.heldBy === 'breaker') {
    return count === 0
      ? t('trace.conclusion.pausedUntried')
      : t('trace.conclusion.pausedByBreaker', { cause });
  }
  return count === 0
    ? t('trace.conclusion.waitingFirst')
    : t('trace.conclusion.waitingAgain', { cause, count });
}

/** The last failure in a few words. */
function causeText(delivery: ReturnType<typeof decisiveDelivery>, t: Translate): string {
  const failure = lastFailure(delivery);
  if (!failure?.errorClass) return t('trace.conclusion.causeUnknown');
  const reason = t(`errorClasses.name.${failure.errorClass}`);
  return failure.responseStatus === null
    ? reason
    : t('trace.conclusion.causeAnswer', { status: failure.responseStatus, reason });
}
