/** Composes the text of a message from notices. No message content, no secrets; of a webhook's URL only the host. */
import { AUTOMATIC_RESOLVER } from '@im/contracts/api/alert-constants';
import type { AlertDetail } from '@im/contracts/api/alerts';
import type { ChannelLanguage } from '@im/contracts/api/notification-channels';
import { alertsLink, deliveriesLink, sourceLink } from './console-links.js';
import type { Message, MessageFact, MessageLink, Tone } from './message.js';
import type { Notice, NoticeContent, NoticedAlert } from './notice.js';
import { oneLine } from './plain-text.js';
import { wordsOf } from './words-of.js';
import type { StepKind, Words } from './words.js';

export interface MessageContext {
  language: ChannelLanguage;
  /** Where people reach the console, without a slash at the end; null: messages have no links. */
  publicUrl: string | null;
  now: Date;
}

const MINUTE_MS = 60_000;
const MAX_NAME = 60;
const MAX_GROUP_LINKS = 3;

export function composeMessage(notices: readonly [Notice, ...Notice[]], context: MessageContext): Message {
  const words = wordsOf(context.language);
  const [notice] = notices;
  const message = notices.length === 1 ? ofOne(notice, words, context) : ofMany(notices, words, context);
  return { ...message, restText: words.restText, colon: words.colon };
}

export function composeTestMessage(channelName: string, { language, publicUrl }: MessageContext): Message {
  const words = wordsOf(language);
  return {
    tone: 'info',
    title: words.testTitle,
    facts: [],
    lines: [words.testText(oneLine(channelName))],
    links: publicUrl === null ? [] : [{ label: words.links.alert, url: `${publicUrl}/apps` }],
    restText: words.restText,
    colon: words.colon,
  };
}

type MessageBody = Omit<Message, 'restText' | 'colon'>;

function ofOne(notice: Notice, words: Words, context: MessageContext): MessageBody {
  const { kind, severity, content } = notice;
  const [alert] = content.alerts;
  if (kind === 'summary' || !alert) return ofSummary(notice, words, context);
  const { app } = content;
  return {
    tone: toneOf(notice),
    title: words.title(kind, severity, subjectOf(app, alert)),
    facts: factsOf(app, alert, kind, words, context.now),
    lines: [],
    links: linksOf(app, alert, words, context.publicUrl),
  };
}

function ofSummary({ severity, content }: Notice, words: Words, { publicUrl }: MessageContext): MessageBody {
  const { app, alerts } = content;
  const { total, unresolved } = countsOf(content);
  const lines = alerts.map(
    (alert) =>
      `${words.groupLine(alert.status === 'resolved' ? 'resolved' : 'opened', alert.severity)}${lineOf(app, alert, words)}`,
  );
  return {
    tone: unresolved > 0 ? severity : 'resolved',
    title: words.summaryTitle(oneLine(app.name, MAX_NAME), total, unresolved),
    facts: [],
    lines: total > alerts.length ? [...lines, words.restText(total - alerts.length)] : lines,
    links: publicUrl === null ? [] : [alertsLink(words.links.alert, app.appKey, publicUrl)],
  };
}

function ofMany(notices: readonly Notice[], words: Words, { publicUrl }: MessageContext): MessageBody {
  const tones = notices.map(toneOf);
  const apps = new Map(notices.map(({ content: { app } }) => [app.appKey, oneLine(app.name, MAX_NAME)]));
  return {
    tone: (['critical', 'warning', 'resolved'] as const).find((tone) => tones.includes(tone)) ?? 'info',
    title: words.groupTitle(notices.length, tones.filter((tone) => tone === 'critical').length),
    facts: [],
    lines: notices.flatMap((notice) => linesOf(notice, words)),
    links:
      publicUrl === null
        ? []
        : [...apps]
            .slice(0, MAX_GROUP_LINKS)
            .map(([appKey, name]) =>
              alertsLink(`${words.links.alert}${words.colon}${name}`, appKey, publicUrl),
            ),
  };
}

function linesOf({ kind, severity, content }: Notice, words: Words): string[] {
  const { app, alerts } = content;
  if (kind !== 'summary') {
    return alerts.map((alert) => words.groupLine(kind, severity) + lineOf(app, alert, words));
  }
  const { total, unresolved } = countsOf(content);
  return [words.summaryTitle(oneLine(app.name, MAX_NAME), total, unresolved)];
}

function lineOf(app: NoticeContent['app'], alert: NoticedAlert, words: Words): string {
  const what = words.figures(alert.rule, alert.detail) || words.rule[alert.rule];
  return `${subjectOf(app, alert)}${words.colon}${what}`;
}

function countsOf({ counts, alerts }: NoticeContent): { total: number; unresolved: number } {
  const unresolved = alerts.filter(({ status }) => status !== 'resolved').length;
  return counts ?? { total: alerts.length, unresolved };
}

function toneOf({ kind, severity }: Notice): Tone {
  return kind === 'resolved' ? 'resolved' : severity;
}

function subjectOf(app: NoticeContent['app'], { detail }: NoticedAlert): string {
  return [app.name, detail.sourceName ?? detail.webhookName ?? '']
    .map((name) => oneLine(name, MAX_NAME))
    .filter(Boolean)
    .join(' / ');
}

function factsOf(
  app: NoticeContent['app'],
  alert: NoticedAlert,
  kind: StepKind,
  words: Words,
  now: Date,
): MessageFact[] {
  const { labels } = words;
  const facts: MessageFact[] = [
    { label: labels.app, value: oneLine(app.name) },
    { label: labels.webhook, value: webhookText(alert.detail) },
    { label: labels.source, value: sourceText(alert.detail, words) },
    { label: labels.rule, value: words.rule[alert.rule] },
    { label: labels.figures, value: words.figures(alert.rule, alert.detail) },
    { label: labels.lastError, value: lastErrorText(alert.detail, words) },
    { label: labels.since, value: sinceText(alert, words, now) },
    { label: labels.resolved, value: kind === 'resolved' ? resolvedText(alert, words) : '' },
  ];
  return facts.filter(({ value }) => value !== '');
}

/** Paths and queries of receivers often contain tokens. */
function webhookText({ webhookName = '', webhookUrl = '' }: AlertDetail): string {
  const name = oneLine(webhookName);
  const host = URL.canParse(webhookUrl) ? new URL(webhookUrl).host : '';
  return host === '' || host === name ? name : `${name} (${oneLine(host)})`;
}

function sourceText({ sourceName, sourceKind }: AlertDetail, words: Words): string {
  if (sourceName === undefined) return '';
  const name = oneLine(sourceName);
  return sourceKind === undefined ? name : `${name} (${words.sourceKind[sourceKind]})`;
}

function lastErrorText({ lastErrorClass, lastResponseStatus }: AlertDetail, words: Words): string {
  const status = lastResponseStatus === undefined ? '' : `HTTP ${String(lastResponseStatus)}`;
  const cause = lastErrorClass === undefined ? '' : causeOf(lastErrorClass, words);
  return [status, cause].filter(Boolean).join(', ');
}

/** A class that this version does not know says itself. */
function causeOf(errorClass: string, { errorClass: texts }: Words): string {
  return (texts as Readonly<Record<string, string | undefined>>)[errorClass] ?? oneLine(errorClass);
}

function sinceText({ openedAt, resolvedAt }: NoticedAlert, words: Words, now: Date): string {
  const endMs = resolvedAt === null ? now.getTime() : Date.parse(resolvedAt);
  return words.since(instantText(openedAt), Math.floor((endMs - Date.parse(openedAt)) / MINUTE_MS));
}

function resolvedText({ resolvedAt, resolvedBy }: NoticedAlert, words: Words): string {
  if (resolvedAt === null) return '';
  const isByItself = resolvedBy === null || resolvedBy === AUTOMATIC_RESOLVER;
  return `${instantText(resolvedAt)}, ${isByItself ? words.byItself : words.byPerson(oneLine(resolvedBy))}`;
}

/** In UTC, since readers may be in any time zone: `2026-11-21 08:00:05 UTC`. */
function instantText(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function linksOf(
  { appKey }: NoticeContent['app'],
  alert: NoticedAlert,
  words: Words,
  publicUrl: string | null,
): MessageLink[] {
  if (publicUrl === null) return [];
  const links = [alertsLink(words.links.alert, appKey, publicUrl, alert)];
  const { webhookId, sourceId, detail } = alert;
  if (webhookId !== null) {
    links.push(
      deliveriesLink(words.links.deliveries, { appKey, webhookId, open: detail.lastDeliveryId }, publicUrl),
    );
  }
  if (sourceId) links.push(sourceLink(words.links.source, appKey, sourceId, publicUrl));
  return links;
}
