/** Explains why a trace found nothing. */
import type { TraceKey, TraceReason } from '@im/contracts/api/trace';
import { instantText } from '@im/contracts/diagnosis/phrases';

const DAY_MS = 86_400_000;

interface Search {
  key: TraceKey;
  id: string;
  /** When this id was made, Unix milliseconds; null for ids that are not ours. */
  madeAtMs: number | null;
  nowMs: number;
  /** For how long events and deliveries are kept. */
  eventsDays: number;
  logsDays: number;
}

export function explainNothing({ key, id, madeAtMs, nowMs, eventsDays, logsDays }: Search): TraceReason {
  const days = key === 'deliveryId' || key === 'callbackId' ? logsDays : Math.max(eventsDays, logsDays);
  if (madeAtMs === null) {
    const kept = String(eventsDays);
    return {
      code: 'unknown',
      text: {
        zh: `没有收到过 ${key} 为 ${id} 的事件，或者它已超过 ${kept} 天的保留期。请确认 id 完整无误、应用正确，并检查 IM 服务器是否真的推送了它。`,
        en: `No event with ${key} ${id} was received, or it is older than the ${kept} days for which events are kept. Check that the id is whole, that this is the right app, and that the IM server sent it at all.`,
      },
    };
  }
  const made = instantText(madeAtMs);
  if (madeAtMs < nowMs - days * DAY_MS) {
    return {
      code: 'expired',
      text: {
        zh: `这个 id 产生于 ${made}，已超过 ${String(days)} 天的保留期，记录已经删除。`,
        en: `This id was made at ${made}; records are kept for ${String(days)} days, so they are gone.`,
      },
    };
  }
  return {
    code: 'never_received',
    text: {
      zh: `这个应用没有 ${key} 为 ${id} 的记录：可能属于别的应用，或者 id 抄错了。`,
      en: `This app has nothing with ${key} ${id}: it may belong to another app, or the id was miscopied.`,
    },
  };
}
