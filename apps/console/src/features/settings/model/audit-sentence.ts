/** Writes an entry of the audit log as a sentence whose words link to the pages of what they name. */
import type { AuditAction, ListedAuditEntry } from '@im/contracts/api/audit';
import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import type { TextParams, Translate } from '../../../i18n/i18n.js';
import { paths } from '../../../shared/navigation/paths.js';
import { fieldText } from '../../../shared/webhooks/setting-name.js';
import { actorPart, detailText, namesOf, type Part, type SentenceContext } from './audit-names.js';

/** A piece of a sentence; with `to` it is a link. */
export interface Segment {
  text: string;
  to?: string;
}

type Parts = Record<string, Part>;
type PartsOf = (entry: ListedAuditEntry, context: SentenceContext) => Parts;

const ofNone: PartsOf = () => ({});
const ofMember: PartsOf = ({ detail, targetId, action }, { t }) => ({
  member: {
    text: detailText(detail, 'email') ?? targetId ?? t('settings.members.title'),
    ...(action !== 'member.deleted' && { to: paths.members }),
  },
});
/** A member changes only the own tenant, whose name every reader knows. */
const ofTenant: PartsOf = ({ detail }) => {
  const name = detailText(detail, 'name');
  return { tenant: name === undefined ? { text: '' } : { text: name, to: paths.tenants } };
};
const named =
  (part: string, to: string): PartsOf =>
  ({ detail, targetId, action }) => ({
    [part]: {
      text: detailText(detail, 'name') ?? targetId ?? '-',
      ...(!/[.](deleted|revoked)$/.test(action) && { to }),
    },
  });
const ofToken = named('token', paths.apiTokens);
const ofChannel = named('channel', paths.channels);
const ofEventType = named('eventType', paths.eventTypes);
const ofApp: PartsOf = (entry, context) => ({ app: namesOf(entry, context).app() });
const ofAlertRules: PartsOf = (entry, context) => {
  const { appKey } = entry;
  const { text } = namesOf(entry, context).app();
  return { app: appKey === null ? { text } : { text, to: paths.alertRules(appKey) } };
};
const ofTestReceiver: PartsOf = (entry, context) => {
  const text = context.t('settings.audit.testReceiver');
  const { appKey } = entry;
  const receiver = appKey === null ? { text } : { text, to: paths.testReceiver(appKey) };
  return { ...ofApp(entry, context), receiver };
};
const ofPortalLink: PartsOf = ({ appKey, action, detail }) => {
  const text = detailText(detail, 'name') ?? '';
  const isLinked = appKey !== null && action !== 'portal_link.revoked';
  return { link: isLinked ? { text, to: paths.portalLinks(appKey) } : { text } };
};
const ofWebhook: PartsOf = (entry, context) => ({ webhook: namesOf(entry, context).webhook() });
const ofSource: PartsOf = (entry, context) => ({ source: namesOf(entry, context).source() });
const ofDelivery: PartsOf = (entry, context) => ({
  delivery: namesOf(entry, context).delivery(),
  webhook: namesOf(entry, context).webhook(),
});
const ofEvent: PartsOf = (entry, context) => ({ event: namesOf(entry, context).event() });
const ofAlert: PartsOf = (entry, context) => namesOf(entry, context).alert();

/** What each sentence names besides the person: an action that is missing here does not compile. */
const PARTS: Readonly<Record<AuditAction, PartsOf>> = {
  'auth.login': ofNone,
  'auth.login_failed': ofNone,
  'auth.password_changed': ofNone,
  'auth.sessions_revoked': ofNone,
  'auth.second_factor_enabled': ofNone,
  'auth.second_factor_removed': ofNone,
  'member.created': ofMember,
  'member.updated': ofMember,
  'member.deleted': ofMember,
  'member.password_reset': ofMember,
  'member.sessions_revoked': ofMember,
  'member.second_factor_reset': ofMember,
  'tenant.created': ofTenant,
  'tenant.updated': ofTenant,
  'api_token.created': ofToken,
  'api_token.updated': ofToken,
  'api_token.revoked': ofToken,
  'app.created': ofApp,
  'app.updated': ofApp,
  'app.deleted': ofApp,
  'app.secret_revealed': ofApp,
  'app.secret_staged': ofApp,
  'app.secret_activated': ofApp,
  'webhook.created': ofWebhook,
  'webhook.updated': ofWebhook,
  'webhook.deleted': ofWebhook,
  'webhook.paused': ofWebhook,
  'webhook.resumed': ofWebhook,
  'webhook.sent_now': ofWebhook,
  'webhook.url_revealed': ofWebhook,
  'webhook.secret_revealed': ofWebhook,
  'webhook.secret_staged': ofWebhook,
  'webhook.secret_activated': ofWebhook,
  'webhook.tested': (entry, context) => ({
    ...ofWebhook(entry, context),
    result: testResult(entry, context.t),
  }),
  'webhook.checked_up': ofWebhook,
  'portal_link.created': ofPortalLink,
  'portal_link.opened': ofPortalLink,
  'portal_link.revoked': ofPortalLink,
  'test_receiver.created': ofTestReceiver,
  'test_receiver.updated': ofTestReceiver,
  'source.created': ofSource,
  'source.updated': ofSource,
  'source.deleted': ofSource,
  'source.token_revealed': ofSource,
  'source.token_staged': ofSource,
  'source.token_activated': ofSource,
  'source.tested': ofSource,
  'source.message_sent': ofSource,
  'event_type.created': ofEventType,
  'event_type.updated': ofEventType,
  'event_type.deleted': ofEventType,
  'event_type_pack.installed': ofEventType,
  'delivery.redelivered': ofDelivery,
  'deliveries.redelivered': ofApp,
  'delivery.sent_now': ofDelivery,
  'delivery.canceled': ofDelivery,
  'delivery.revealed': ofDelivery,
  'event.revealed': ofEvent,
  'recovery.started': ofWebhook,
  'recovery.paused': ofWebhook,
  'recovery.resumed': ofWebhook,
  'recovery.canceled': ofWebhook,
  'deliveries.exported': ofApp,
  'events.exported': ofApp,
  'audit_log.exported': ofNone,
  'alert.acknowledged': ofAlert,
  'alert.resolved': ofAlert,
  'notification_channel.created': ofChannel,
  'notification_channel.updated': ofChannel,
  'notification_channel.deleted': ofChannel,
  'notification_channel.tested': (entry, context) => ({
    ...ofChannel(entry, context),
    result: {
      text: context.t(`settings.audit.channelTest.${entry.detail.status === 'sent' ? 'sent' : 'failed'}`),
    },
  }),
  'alert_rules.updated': ofAlertRules,
};

/** The sentence in pieces, in the order of the language. */
export function auditSentence(entry: ListedAuditEntry, context: SentenceContext): Segment[] {
  const { t } = context;
  const parts = { actor: actorPart(entry.actor, t), ...PARTS[entry.action](entry, context) };
  const text = t(`settings.audit.sentences.${entry.action}`, {
    ...marksOf(parts),
    ...countOf(entry),
  });
  return [...segmentsOf(text, parts), ...changedFields(entry, t)];
}

/** The sentence as plain text. */
export function sentenceText(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('');
}

/** Stands for a part while the language puts the parts into order; no text has such characters. */
const MARK = /\uE000(\w+)\uE001/;

function marksOf(parts: Parts): Record<string, string> {
  return Object.fromEntries(Object.keys(parts).map((name) => [name, `\uE000${name}\uE001`]));
}

/** How many, where the sentence says so. */
function countOf({ action, detail }: ListedAuditEntry): TextParams {
  return action === 'deliveries.redelivered' ? { count: Number(detail.accepted ?? 0) } : {};
}

function segmentsOf(text: string, parts: Parts): Segment[] {
  const segments = text
    .trim()
    .split(MARK)
    .map((piece, index) => (index % 2 === 1 ? (parts[piece] ?? { text: '' }) : { text: piece }))
    .filter(({ text: words }) => words !== '');
  return segments.map((segment, index) => closeUp(segment, segments[index - 1], segments[index + 1]));
}

const CHINESE = /[\u3400-\u9fff「」（）：，]/;

/** Chinese needs no space between its own words, only around Latin ones; nothing needs one at the end. */
function closeUp(segment: Segment, before: Segment | undefined, after: Segment | undefined): Segment {
  let { text } = segment;
  if (text.endsWith(' ') && (!after || (isChinese(text.at(-2)) && isChinese(after.text[0])))) {
    text = text.slice(0, -1);
  }
  if (text.startsWith(' ') && isChinese(text[1]) && isChinese(before?.text.at(-1))) text = text.slice(1);
  return text === segment.text ? segment : { ...segment, text };
}

function isChinese(character: string | undefined): boolean {
  return character !== undefined && CHINESE.test(character);
}

function testResult({ detail, appKey }: ListedAuditEntry, t: Translate): Part {
  const status = detailText(detail, 'status') ?? 'failed';
  const deliveryId = detailText(detail, 'deliveryId');
  const text = t(`statuses.delivery.${status as DeliveryStatus}`);
  return appKey === null || deliveryId === undefined
    ? { text }
    : { text, to: paths.openDelivery(appKey, deliveryId) };
}

/** Which settings of a webhook were changed, in the words of its form. */
function changedFields({ action, detail }: ListedAuditEntry, t: Translate): Segment[] {
  const { fields } = detail;
  if (action !== 'webhook.updated' || !Array.isArray(fields) || fields.length === 0) return [];
  const names = new Set(fields.map((field) => fieldText(String(field), t)));
  return [{ text: t('settings.audit.changedFields', { fields: [...names].join(t('settings.audit.and')) }) }];
}
