/** Names what an audit entry is about, and links it where its page exists. */
import type { ListedAuditEntry } from '@im/contracts/api/audit';
import type { Translate } from '../../../i18n/i18n.js';
import { paths } from '../../../shared/navigation/paths.js';

export interface Part {
  text: string;
  to?: string;
}

export interface SentenceContext {
  t: Translate;
  /** The name of an app that exists. */
  appName: (appKey: string) => string | undefined;
}

/** Who did it without being a person, by how the entry names them. */
const PROGRAMS = [
  ['token:', 'settings.audit.token'],
  ['portal:', 'settings.audit.portal'],
  ['app:', 'settings.audit.appSignature'],
] as const;

export function detailText(detail: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = detail[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Leads to what else the person did. */
export function actorPart(actor: string, t: Translate): Part {
  const program = PROGRAMS.find(([prefix]) => actor.startsWith(prefix));
  const text = program ? t(program[1], { name: actor.slice(program[0].length) }) : actor;
  return { text, to: `${paths.auditLog}?actor=${encodeURIComponent(actor)}` };
}

interface Names {
  app: () => Part;
  webhook: () => Part;
  source: () => Part;
  delivery: () => Part;
  event: () => Part;
  alert: () => { subject: Part; alert: Part };
}

/** Of what was deleted, the name that the entry has. */
export function namesOf(
  { appKey, targetId, detail, subject }: ListedAuditEntry,
  context: SentenceContext,
): Names {
  const { t } = context;
  const linked = (text: string, path: (appKey: string, id: string) => string, id: string | null): Part =>
    appKey === null || id === null ? { text } : { text, to: path(appKey, id) };

  const app = (): Part => {
    const name = appKey === null ? undefined : context.appName(appKey);
    if (name !== undefined && appKey !== null) return { text: name, to: paths.overview(appKey) };
    return { text: detailText(detail, 'name') ?? appKey ?? t('settings.audit.app') };
  };
  const webhook = (): Part => {
    const text = subject.webhookName || detailText(detail, 'url') || t('settings.audit.someWebhook');
    return linked(text, paths.webhook, subject.webhookId);
  };
  const source = (): Part => {
    const text = subject.sourceName ?? detailText(detail, 'name') ?? t('settings.audit.someSource');
    return linked(text, paths.source, subject.sourceId);
  };
  const event = (): Part =>
    linked(subject.event ?? t('settings.audit.someEvent'), paths.eventDeliveries, targetId);
  const delivery = (): Part =>
    subject.event === null
      ? { text: t('settings.audit.someDelivery') }
      : linked(subject.event, paths.openDelivery, targetId);
  const alert = () => {
    const { rule } = subject;
    const text =
      rule === null
        ? t('settings.audit.someAlert')
        : t('settings.audit.alertRule', { rule: t(`statuses.alertRule.${rule}`) });
    return {
      subject: subject.sourceId === null ? webhook() : source(),
      alert: appKey === null ? { text } : { text, to: paths.alerts(appKey) },
    };
  };
  return { app, webhook, source, delivery, event, alert };
}
