/** Decides what the checklist "nothing arrives?" says: facts that we see, and steps for the operator by kind. */
import type { SourceKind, SourceOutcome } from '@im/contracts/api/source-constants';
import type { Source } from '@im/contracts/api/sources';
import type { MessageKey, TextParams } from '../../../i18n/i18n.js';

export interface Fact {
  type: 'success' | 'warning' | 'danger' | 'info';
  text: MessageKey;
  params: TextParams;
  /** An instant that the text ends with. */
  at: string | null;
  /** Requests that show it, by their outcome. */
  outcome: SourceOutcome | null;
}

export interface Step {
  title: MessageKey;
  text: MessageKey;
  /** The curl command belongs to it. */
  hasCommand: boolean;
}

export function factsOf({ enabled, lastReceivedAt, counters, allowedCidrs }: Source): Fact[] {
  const facts: Fact[] = [];
  const add = (type: Fact['type'], text: MessageKey, rest: Partial<Fact> = {}) =>
    facts.push({ type, text, params: {}, at: null, outcome: null, ...rest });
  const { received, rejected, notUnderstood, failed } = counters;
  if (!enabled) add('danger', 'sources.checklist.fact.paused');
  if (lastReceivedAt === null) add('danger', 'sources.checklist.fact.never');
  else if (received === 0) add('warning', 'sources.checklist.fact.quiet', { at: lastReceivedAt });
  if (rejected > 0) {
    add('danger', 'sources.checklist.fact.rejected', { params: { count: rejected }, outcome: 'rejected' });
  }
  if (notUnderstood > 0) {
    const params = { count: notUnderstood };
    add('warning', 'sources.checklist.fact.notUnderstood', { params, outcome: 'not_understood' });
  }
  if (failed > 0) {
    add('danger', 'sources.checklist.fact.failed', { params: { count: failed }, outcome: 'failed' });
  }
  if (facts.length === 0) add('success', 'sources.checklist.fact.well', { params: { received } });
  if (allowedCidrs.length > 0) {
    add('info', 'sources.checklist.fact.senders', { params: { list: allowedCidrs.join(', ') } });
  }
  return facts;
}

const CURL: Step = {
  title: 'sources.checklist.curlTitle',
  text: 'sources.checklist.curlText',
  hasCommand: true,
};

const STEPS: Record<SourceKind, readonly Step[]> = {
  openim: [
    CURL,
    step('sources.checklist.openim.urlTitle', 'sources.checklist.openim.urlText'),
    step('sources.checklist.openim.enableTitle', 'sources.checklist.openim.enableText'),
    step('sources.checklist.openim.restartTitle', 'sources.checklist.openim.restartText'),
    step('sources.checklist.openim.envTitle', 'sources.checklist.openim.envText'),
    step('sources.checklist.openim.logTitle', 'sources.checklist.openim.logText'),
  ],
  wukongim: [
    CURL,
    step('sources.checklist.wukongim.urlTitle', 'sources.checklist.wukongim.urlText'),
    step('sources.checklist.wukongim.restartTitle', 'sources.checklist.wukongim.restartText'),
    step('sources.checklist.wukongim.grpcTitle', 'sources.checklist.wukongim.grpcText'),
    step('sources.checklist.wukongim.proxyTitle', 'sources.checklist.wukongim.proxyText'),
    step('sources.checklist.wukongim.onlineTitle', 'sources.checklist.wukongim.onlineText'),
    step('sources.checklist.wukongim.logTitle', 'sources.checklist.wukongim.logText'),
  ],
  dootask: [
    CURL,
    step('sources.checklist.dootask.urlTitle', 'sources.checklist.dootask.urlText'),
    step('sources.checklist.dootask.eventsTitle', 'sources.checklist.dootask.eventsText'),
    step('sources.checklist.dootask.networkTitle', 'sources.checklist.dootask.networkText'),
    step('sources.checklist.dootask.logTitle', 'sources.checklist.dootask.logText'),
  ],
  'tencent-im': [
    CURL,
    step('sources.checklist.tencent-im.consoleTitle', 'sources.checklist.tencent-im.consoleText'),
    step('sources.checklist.tencent-im.publicTitle', 'sources.checklist.tencent-im.publicText'),
    step('sources.checklist.tencent-im.appIdTitle', 'sources.checklist.tencent-im.appIdText'),
    step('sources.checklist.tencent-im.oneTitle', 'sources.checklist.tencent-im.oneText'),
  ],
};

export function stepsOf(kind: SourceKind): readonly Step[] {
  return STEPS[kind];
}

function step(title: MessageKey, text: MessageKey): Step {
  return { title, text, hasCommand: false };
}
