/** Words what became of an event so that it can be read out to a customer, in the reader's language and zone. */
import type { TracedEvent, TracedWebhook, TraceKey } from '@im/contracts/api/trace';
import type { Translate } from '../../../i18n/i18n.js';
import type { Locale } from '../../../i18n/locales.js';
import { formatInstant } from '../../../shared/format/instant.js';
import { decisiveDelivery, lastFailure } from './decisive-delivery.js';
import { summarize, type EventSummary, type Verdict } from './verdict.js';

/** In which words: texts, language and the language's tag for `Intl`. */
export interface Wording {
  t: Translate;
  locale: Locale;
  localeTag: string;
}

export interface ConclusionLine {
  /** Of the webhook. */
  name: string;
  text: string;
}

export interface Conclusion {
  verdict: Verdict;
  title: string;
  /** What was received, and when. */
  opening: string;
  lines: ConclusionLine[];
  /** All of it as plain text. */
  plainText: string;
}

const VERDICT_COUNTS = {
  delivered: ({ counts }: EventSummary) => counts.delivered,
  pending: ({ counts }: EventSummary) => counts.pending,
  failed: ({ counts }: EventSummary) => counts.failed,
  nobody: () => 0,
} as const;

export function concludeEvent(event: TracedEvent, wording: Wording): Conclusion {
  const { t } = wording;
  const summary = summarize(event);
  const { verdict } = summary;
  const title = t(`trace.conclusion.verdict.${verdict}`, { count: VERDICT_COUNTS[verdict](summary) });
  const opening = openingOf(event, wording);
  const lines = concerned(summary).map((webhook) => ({
    name: nameOf(webhook),
    text: outcomeText(webhook, wording),
  }));
  const told = lines.map(({ name, text }) => t('trace.conclusion.line', { name, text }));
  const plainText = [opening, ...told, zoneText(event, wording)].join('\n');
  return { verdict, title, opening, lines, plainText };
}

/** What a customer has: the message; of what is no message, the event. */
function openingOf(event: TracedEvent, { t, localeTag }: Wording): string {
  const { messageId, eventId, receivedFrom } = event;
  const subject =
    messageId === null
      ? t('trace.conclusion.event', { id: eventId, event: event.event })
      : t('trace.conclusion.message', { id: messageId, event: event.event });
  const time = formatInstant(event.receivedAt, localeTag);
  // Whose account or token handed it in is no customer's business.
  return receivedFrom.kind === 'source' && receivedFrom.name !== null
    ? t('trace.conclusion.receivedFrom', { subject, time, source: receivedFrom.name })
    : t('trace.conclusion.received', { subject, time });
}

/** Webhooks that did not exist say nothing to a customer, unless there is no other. */
function concerned({ matched, notMatched }: EventSummary): TracedWebhook[] {
  const there = notMatched.filter(({ outcome }) => outcome === 'filtered' || outcome === 'disabled');
  const shown = [...matched, ...there];
  return shown.length > 0 ? shown : notMatched;
}

export function nameOf({ name, url }: Pick<TracedWebhook, 'name' | 'url'>): string {
  return name || (/^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url);
}

/** What became of an event at one webhook, without the webhook's name. */
export function outcomeText(webhook: TracedWebhook, wording: Wording): string {
  const { t, locale, localeTag } = wording;
  const { outcome, answer, decidedBy } = webhook;
  const delivery = decisiveDelivery(webhook);
  // What was decided is said by the service.
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

function zoneText({ receivedAt }: Pick<TracedEvent, 'receivedAt'>, { t, localeTag }: Wording): string {
  const parts = new Intl.DateTimeFormat(localeTag, { timeZoneName: 'short' }).formatToParts(
    new Date(receivedAt),
  );
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return t('trace.conclusion.zone', { zone });
}

/** What became of the last events of a conversation or a user. @param events newest first, at least one */
export function concludeTimeline(
  key: TraceKey,
  id: string,
  events: readonly TracedEvent[],
  wording: Wording,
): string {
  const { t, localeTag } = wording;
  const [newest] = events;
  const oldest = events.at(-1);
  if (!newest || !oldest) return '';
  const counts = { delivered: 0, pending: 0, failed: 0, nobody: 0 };
  for (const event of events) counts[summarize(event).verdict] += 1;
  const said = (['delivered', 'pending', 'failed', 'nobody'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => t(`trace.timeline.${verdict}`, { count: counts[verdict] }));
  const subject = t('trace.timeline.subject', {
    subject: t(`trace.conclusion.${key === 'userId' ? 'user' : 'conversation'}`, { id }),
    total: events.length,
    from: formatInstant(oldest.receivedAt, localeTag),
    to: formatInstant(newest.receivedAt, localeTag),
  });
  const sentence = `${subject}${said.join(t('trace.timeline.separator'))}${t('trace.timeline.end')}`;
  return `${sentence}\n${zoneText(newest, wording)}`;
}
