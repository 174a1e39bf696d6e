/** Describes outcomes in plain words. */
import type { CancelReason } from '@im/contracts/api/deliveries';
import type { TraceOutcome } from '@im/contracts/api/trace';
import { joined } from '@im/contracts/diagnosis/diagnosis';
import { counted, instantText } from '@im/contracts/diagnosis/phrases';
import type { LocalizedText } from '@im/contracts/events/define';
import { beforeAnswer } from './before-answer.js';
import type { DeliveryFacts, WebhookFacts, WebhookNow } from './trace-facts.js';
import { whatIsNext } from './trace-next.js';

export function answerOf(
  outcome: TraceOutcome,
  facts: WebhookFacts,
  delivery: DeliveryFacts | undefined,
): LocalizedText {
  return delivery ? answerOfDelivery(outcome, facts, delivery) : answerWithout(outcome, facts);
}

function answerOfDelivery(
  outcome: TraceOutcome,
  facts: WebhookFacts,
  delivery: DeliveryFacts,
): LocalizedText {
  const { attempts, maxAttempts, decision, decidedBy } = delivery;
  if (decision && decidedBy) return joined(beforeAnswer(decision, decidedBy), lastFailure(delivery));
  const at = delivery.completedAt === null ? '-' : instantText(delivery.completedAt.getTime());
  switch (outcome) {
    case 'delivered': {
      const again = delivery.kind === 'redelivery';
      return {
        zh: `已送达：${at} 接收方在第 ${String(attempts)} 次尝试时返回了 2xx${again ? '（重新投递）' : ''}。`,
        en: `Delivered: at ${at} the receiver answered 2xx to attempt ${String(attempts)}${again ? ' of a redelivery' : ''}.`,
      };
    }
    case 'waiting':
    case 'paused':
      return joined(waitingText(delivery, facts), whatIsNext(delivery, facts)?.text, lastFailure(delivery));
    case 'failed':
      return joined(
        {
          zh: `投递失败：共尝试 ${String(attempts)} 次（上限 ${String(maxAttempts)}），${at} 停止，不会再自动重试；修复后可以重新投递。`,
          en: `Failed after ${String(attempts)} of at most ${counted(maxAttempts, 'attempt')}, given up at ${at}; nothing more is sent unless it is redelivered.`,
        },
        lastFailure(delivery),
      );
    case 'canceled':
      return canceledText(facts, delivery, at);
    default:
      return skippedText(outcome, facts, at);
  }
}

function waitingText(delivery: DeliveryFacts, { now }: WebhookFacts): LocalizedText {
  const { attempts, heldBy } = delivery;
  if (heldBy !== null && !now.isEnabled) return waitingForEnabling(now);
  if (heldBy === 'person') return waitingForPerson(now);
  if (heldBy === 'breaker') {
    return {
      zh: '等待中：接收方连续失败，投递已暂停（熔断）。',
      en: 'Waiting: the receiver failed many times in a row, so deliveries to it are paused.',
    };
  }
  if (attempts === 0) return { zh: '等待第一次投递。', en: 'Waiting for its first attempt.' };
  return {
    zh: `等待重试：已尝试 ${String(attempts)} 次，都没有成功。`,
    en: `Waiting to be tried again after ${counted(attempts, 'attempt')} without success.`,
  };
}

function waitingForEnabling({ disabledReason }: WebhookNow): LocalizedText {
  const why = {
    by_person: { zh: '回调已被人停用', en: 'the webhook was disabled' },
    gone: {
      zh: '接收方返回 410，回调已自动停用',
      en: 'the webhook was disabled since its receiver answered 410',
    },
    failing: {
      zh: '回调长期失败，已自动停用',
      en: 'the webhook was disabled since nothing arrived for a long time',
    },
  }[disabledReason ?? 'by_person'];
  return {
    zh: `等待中：${why.zh}；重新启用后发出，超过保留期则取消。`,
    en: `Waiting: ${why.en}; it goes out once it is enabled, and is canceled when its payload’s retention is over.`,
  };
}

function waitingForPerson({ pausedAt, pausedBy }: WebhookNow): LocalizedText {
  if (pausedAt === null) {
    return {
      zh: '等待中：补发它的批量恢复已暂停。',
      en: 'Waiting: the recovery that replays it is paused.',
    };
  }
  const since = instantText(pausedAt.getTime());
  return {
    zh: `等待中：${pausedBy ?? '-'} 在 ${since} 暂停了回调；恢复后按顺序发出。`,
    en: `Waiting: ${pausedBy ?? '-'} paused the webhook at ${since}; it goes out in its order once it is resumed.`,
  };
}

function lastFailure({ diagnosis }: DeliveryFacts): LocalizedText | undefined {
  if (!diagnosis) return undefined;
  return {
    zh: `最近一次失败：${diagnosis.cause.zh}`,
    en: `The last failure: ${diagnosis.cause.en}`,
  };
}

const CANCELED_WHY: Readonly<Record<CancelReason, LocalizedText>> = {
  by_person: { zh: '由人取消', en: 'by a person' },
  webhook_disabled: {
    zh: '停用回调时选择了取消等待中的投递',
    en: 'by the person who disabled the webhook and chose to cancel what waited',
  },
  webhook_deleted: { zh: '因为回调被删除', en: 'because the webhook was deleted' },
  app_deleted: { zh: '因为应用被删除', en: 'because the app was deleted' },
  recovery_ended: { zh: '因为补发它的批量恢复已结束', en: 'because the recovery that replayed it had ended' },
  retention: { zh: '因为事件已超过保留期', en: 'because its event was no longer kept' },
};

function canceledText({ now }: WebhookFacts, delivery: DeliveryFacts, at: string): LocalizedText {
  const { attempts, completedAt, cancelReason } = delivery;
  const isByDeletion = now.deletedAt !== null && completedAt !== null && completedAt >= now.deletedAt;
  const why = CANCELED_WHY[cancelReason ?? (isByDeletion ? 'webhook_deleted' : 'by_person')];
  return {
    zh: `已取消：${at}，${why.zh}，此前尝试过 ${String(attempts)} 次。`,
    en: `Canceled at ${at} ${why.en}, after ${counted(attempts, 'attempt')}.`,
  };
}

function skippedText(outcome: TraceOutcome, { then, now }: WebhookFacts, at: string): LocalizedText {
  const recover = {
    zh: now.isEnabled ? '可以用“恢复”补发。' : '启用之后可以用“恢复”补发。',
    en: now.isEnabled ? 'It can be recovered.' : 'It can be recovered once the webhook is enabled.',
  };
  if (outcome === 'disabled' && then.state === 'there') return joined(disabledText(then), recover);
  return joined(
    {
      zh: `已跳过：等待期间（${at}）回调被停用。`,
      en: `Skipped: the webhook was disabled at ${at} while it waited.`,
    },
    recover,
  );
}

function disabledText({ since, by }: { since: Date; by: string }): LocalizedText {
  const from = instantText(since.getTime());
  return {
    zh: `没有发送：事件到达时回调处于停用状态（设置自 ${from} 起生效，操作者 ${by}）。`,
    en: `Not sent: the webhook was disabled when the event came (settings since ${from}, by ${by}).`,
  };
}

/** For events without a delivery, or whose deliveries are no longer kept. */
function answerWithout(outcome: TraceOutcome, { event, then, now }: WebhookFacts): LocalizedText {
  switch (outcome) {
    case 'not_yet_created': {
      const at = instantText(now.createdAt.getTime());
      return {
        zh: `没有发送：事件到达时还没有这个回调，它创建于 ${at}。`,
        en: `Not sent: the webhook did not exist yet; it was created at ${at}.`,
      };
    }
    case 'deleted': {
      const at = now.deletedAt ? instantText(now.deletedAt.getTime()) : '-';
      return {
        zh: `没有发送：回调在 ${at} 已被删除。`,
        en: `Not sent: the webhook had been deleted at ${at}.`,
      };
    }
    case 'filtered': {
      const wanted = then.state === 'there' ? then.events.join(', ') : '';
      return {
        zh: `没有发送：当时这个回调只订阅 ${wanted}，不包含 ${event}。`,
        en: `Not sent: the webhook’s filter at that time was ${wanted}, which does not include ${event}.`,
      };
    }
    case 'disabled':
      return disabledText(then.state === 'there' ? then : { since: now.createdAt, by: '-' });
    default:
      return {
        zh: '这个回调当时想要该事件，但没有投递记录：投递日志已过保留期，或者设置正好在那一刻更改。可以用“恢复”补发。',
        en: 'The webhook wanted the event, yet there is no delivery: the log of that time is no longer kept, or the settings changed at that very moment. It can be recovered.',
      };
  }
}
