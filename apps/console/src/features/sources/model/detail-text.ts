/** Translates the outcome of a request, which the API describes in English. */
import { BEFORE_DECIDERS, BEFORE_DECISIONS } from '@im/contracts/api/before-constants';
import type { MessageKey, Translate } from '../../../i18n/i18n.js';
import { oneOf } from '../../../shared/http/query-checks.js';

const STORED = /^(\d+) stored(?:, (\d+) repeated)?: (.+)$/;
const DECIDED = /^(\w+), decided by (\w+) after (\d+) ms$/;
const SENDER = /^(\S+) is not among the sender addresses$/;

const FIXED = new Map<string, MessageKey>(
  Object.entries({
    'It carries no event': 'sources.details.noEvent',
    'The tenant is suspended': 'sources.details.suspended',
    'The source is paused': 'sources.details.paused',
    'Its secrets cannot be opened: the key of the service is another one': 'sources.details.sealed',
    'It could not be stored: see the log of the service': 'sources.details.failed',
    'the body is no JSON object': 'sources.details.noObject',
    'The body is JSON, but no object': 'sources.details.noObject',
    'The body is empty': 'sources.details.empty',
    'The request could not be read': 'sources.details.unreadable',
    'The body could not be read': 'sources.details.unreadable',
    'The body cannot be read': 'sources.details.unreadable',
    'no command of OpenIM is named': 'sources.details.noCommand',
    'CallbackCommand is missing': 'sources.details.noCommand',
  }),
);

const isDecision = oneOf(BEFORE_DECISIONS);
const isDecider = oneOf(BEFORE_DECIDERS);

/** @returns null: it is not known here, so it is shown as it is */
export function detailText(detail: string, t: Translate): string | null {
  const key = FIXED.get(detail);
  if (key !== undefined) return t(key);
  const [, fresh, repeated, events] = STORED.exec(detail) ?? [];
  if (fresh !== undefined && events !== undefined)
    return repeated === undefined
      ? t('sources.details.stored', { count: Number(fresh), events })
      : t('sources.details.storedAgain', { count: Number(fresh), repeated, events });
  const [, decision, by, latency] = DECIDED.exec(detail) ?? [];
  if (decision && by && latency && isDecision(decision) && isDecider(by))
    return by === 'none'
      ? t('sources.details.notAsked')
      : t('webhooks.before.decided', {
          decision: t(`statuses.decision.${decision}`),
          by: t(`statuses.decidedBy.${by as (typeof BEFORE_DECIDERS)[number]}`),
          duration: `${latency} ms`,
        });
  const [, sender] = SENDER.exec(detail) ?? [];
  return sender === undefined ? null : t('sources.details.sender', { sender });
}
