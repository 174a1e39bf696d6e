/** Sums up an event's outcomes for support, and as a text for a customer, in the reader's language and zone. */
import type { TracedEvent, TracedWebhook, TraceKey } from '@im/contracts/api/trace';
import { formatInstant } from '../../../shared/format/instant.js';
import { customerText, nameOf, outcomeText, type Wording } from './outcome-text.js';
import { summarize, type EventSummary, type Verdict } from './verdict.js';

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
  /** For a customer, without names of sources, hosts and reasons inside the service. */
  plainText: string;
}

const VERDICT_COUNTS = {
  delivered: ({ counts }: EventSummary) => counts.delivered,
  pending: ({ counts }: EventSummary) => counts.pending,
  failed: ({ counts }: EventSummary) => counts.failed,
  unmatched: () => 0,
} as const;

export function concludeEvent(event: TracedEvent, wording: Wording): Conclusion {
  const { t } = wording;
  const summary = summarize(event);
  const { verdict } = summary;
  const title = t(`trace.conclusion.verdict.${verdict}`, { count: VERDICT_COUNTS[verdict](summary) });
  const opening = openingOf(event, wording);
  const webhooks = concerned(summary);
  const lines = webhooks.map((webhook) => ({ name: nameOf(webhook), text: outcomeText(webhook, wording) }));
  const told = webhooks.map((webhook, index) =>
    t('trace.conclusion.line', {
      name: webhook.name || t('trace.conclusion.unnamed', { number: index + 1 }),
      text: customerText(webhook, wording),
    }),
  );
  if (told.length === 0) told.push(t('trace.conclusion.none'));
  const plainText = [opening, ...told, zoneText(event, wording)].join('\n');
  return { verdict, title, opening, lines, plainText };
}

/** Customers know the message; an event without one is named itself. */
function openingOf(
  { messageId, eventId, event, receivedAt }: TracedEvent,
  { t, localeTag }: Wording,
): string {
  const subject =
    messageId === null
      ? t('trace.conclusion.event', { id: eventId, event })
      : t('trace.conclusion.message', { id: messageId, event });
  return t('trace.conclusion.received', { subject, time: formatInstant(receivedAt, localeTag) });
}

/** Leaves out webhooks that did not exist at that time, unless there are no others. */
function concerned({ matched, notMatched }: EventSummary): TracedWebhook[] {
  const there = notMatched.filter(({ outcome }) => outcome === 'filtered');
  const shown = [...matched, ...there];
  return shown.length > 0 ? shown : notMatched;
}

function zoneText({ receivedAt }: Pick<TracedEvent, 'receivedAt'>, { t, localeTag }: Wording): string {
  const parts = new Intl.DateTimeFormat(localeTag, { timeZoneName: 'short' }).formatToParts(
    new Date(receivedAt),
  );
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return t('trace.conclusion.zone', { zone });
}

/** Counts the outcomes of the last events of a conversation or a user. @param events newest first, at least one */
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
  const counts = { delivered: 0, pending: 0, failed: 0, unmatched: 0 };
  for (const event of events) counts[summarize(event).verdict] += 1;
  const said = (['delivered', 'pending', 'failed', 'unmatched'] as const)
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
