/** Keeps the rows of a log up to date by the stream of its app. */
import type { Page } from '@im/contracts/api/common';
import type { Delivery } from '@im/contracts/api/deliveries';
import type { LiveBrief, LiveDelivery } from '@im/contracts/api/live';
import { useIntervalFn } from '@vueuse/core';
import { shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useLiveStream, type LiveHandlers } from '../../../shared/live/use-live-stream.js';
import type { DeliveryFilters } from '../model/delivery-filters.js';
import { belongs } from '../model/live-filter.js';
import { LiveRows } from '../model/live-rows.js';
import { useRowLookUps } from './use-row-look-ups.js';

/** What a row shows of a delivery. */
export type LogDelivery = Delivery | LiveDelivery;

/** Two paints a second. */
const PAINT_MS = 500;
/** A reader who has scrolled further reads rows that must not move. */
export const TOP_PX = 80;

export interface LiveRowsOptions {
  appKey: () => string;
  webhookId: () => string | undefined;
  filters: () => DeliveryFilters;
  /** Changes with the app, the webhook and the filters. */
  request: () => string;
  isWanted: () => boolean;
  /** The first page as it was loaded. */
  page: ShallowRef<Page<Delivery> | undefined>;
  reload: () => Promise<void>;
}

/** The log as it is on the screen. */
export interface LiveView {
  rows: readonly LogDelivery[];
  freshIds: ReadonlySet<string>;
  waitingCount: number;
  leftOutCount: number;
}

export interface RowsOfLog {
  /** Undefined: the log is shown as it was loaded. */
  view: ShallowRef<LiveView | undefined>;
  isOpen: Ref<boolean>;
  /** Scrolls up and shows what waits. */
  showWaiting: () => void;
}

export function useLiveRows(options: LiveRowsOptions): RowsOfLog {
  const { appKey, request, isWanted, page, reload } = options;
  const live = new LiveRows<LogDelivery>();
  const view = shallowRef<LiveView>();

  function publish(freshIds: ReadonlySet<string>): void {
    const { shown: rows, waitingCount, leftOutCount } = live;
    view.value = { rows, freshIds, waitingCount, leftOutCount };
  }

  function paint(isPinned: boolean): void {
    // The page is still on its way.
    if (!view.value) return;
    const freshIds = live.show(isPinned);
    const { rows, waitingCount, leftOutCount } = view.value;
    const isSame =
      rows === live.shown && waitingCount === live.waitingCount && leftOutCount === live.leftOutCount;
    if (!isSame) publish(freshIds);
  }

  const intake = useIntake(live, options);
  const isOpen = useLiveStream(appKey, isWanted, { ...intake.handlers, reset: () => void reload() });

  const painting = useIntervalFn(() => paint(window.scrollY > TOP_PX), PAINT_MS, { immediate: false });
  watch(isOpen, (open) => {
    if (open) painting.resume();
    else painting.pause();
  });
  watch([request, isWanted], () => {
    live.clear();
    intake.clear();
    view.value = undefined;
  });
  watch(
    [page, isWanted],
    () => {
      if (!isWanted() || !page.value) return;
      live.start(page.value.data, page.value.page.nextCursor === null);
      publish(new Set());
    },
    { immediate: true },
  );

  function showWaiting(): void {
    window.scrollTo({ top: 0 });
    paint(false);
  }

  return { view, isOpen, showWaiting };
}

interface Intake {
  handlers: Pick<LiveHandlers, 'delivery' | 'omitted'>;
  clear: () => void;
}

/** Takes what the stream says into the rows. */
function useIntake(
  live: LiveRows<LogDelivery>,
  { appKey, webhookId, filters }: Pick<LiveRowsOptions, 'appKey' | 'webhookId' | 'filters'>,
): Intake {
  /** Whether all of the webhook or the app is shown, so that what is left out can be counted. */
  const isWholeLog = () =>
    Object.entries(filters()).every(([name, value]) => value === '' || name === 'webhookId');

  function take(delivery: LogDelivery): void {
    const isOfLog = belongs(delivery, filters(), webhookId());
    if (isOfLog || live.has(delivery.deliveryId)) live.take(delivery, delivery.attempts > 1 && isWholeLog());
  }

  const lookUps = useRowLookUps(appKey, (row) => {
    // One that was left out before is counted already.
    if (live.has(row.deliveryId) || !isWholeLog()) take(row);
  });

  /** It is known, and not shown as it is now; or it is one more; or it has to be read to know whether it belongs here. */
  function leaveOut({ deliveryId, webhookId: itsWebhook, isNew }: LiveBrief): void {
    const isOfWebhook = webhookId() === undefined || itsWebhook === webhookId();
    if (!isOfWebhook) return;
    if (live.has(deliveryId)) lookUps.request(deliveryId);
    else if (isWholeLog() ? isNew : !lookUps.request(deliveryId)) live.leaveOut(deliveryId);
  }

  return {
    handlers: {
      delivery: take,
      omitted: ({ count, deliveries }) => {
        for (const brief of deliveries) leaveOut(brief);
        live.leaveOutUnnamed(count - deliveries.length);
      },
    },
    clear: lookUps.clear,
  };
}
