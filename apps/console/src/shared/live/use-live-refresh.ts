/** Refreshes an app's figures and the state of its webhooks while they are looked at. */
import { onScopeDispose, type Ref } from 'vue';
import { useRefreshWhile } from '../composables/use-refresh-while.js';
import { PacedRefresh } from './paced-refresh.js';
import { useLiveStream } from './use-live-stream.js';

/** Without changes too, since spans move with the clock. */
export const QUIET_MS = 30_000;
/** Statistics add up many rows, and there may be many readers. */
const FIGURES_PAUSE_MS = 2_000;
/** The webhooks come with all of their settings. */
const WEBHOOKS_PAUSE_MS = 5_000;

export interface LiveRefreshOptions {
  appKey: () => string;
  /** Resolves when the answer is there, good or bad; the next one too. */
  figures: () => Promise<void>;
  webhooks: () => Promise<void>;
  /** New deliveries count in the figures. */
  areCurrent: () => boolean;
}

export interface LiveRefresh {
  /** The stream is open. */
  isLive: Ref<boolean>;
  /** Loads both immediately, since the page or the filters changed. */
  restart: () => Promise<void>;
}

/**
 * Refreshes while the page is visible whenever something happens in the app, by its stream of server-sent events, and
 * periodically while there is no stream: the figures with every delivery, the webhooks when alerts or counters change.
 */
export function useLiveRefresh({ appKey, figures, webhooks, areCurrent }: LiveRefreshOptions): LiveRefresh {
  const pacedFigures = new PacedRefresh(figures, FIGURES_PAUSE_MS);
  const pacedWebhooks = new PacedRefresh(webhooks, WEBHOOKS_PAUSE_MS);
  const requestFigures = () => {
    pacedFigures.request();
    return Promise.resolve();
  };
  const requestWebhooks = () => {
    pacedWebhooks.request();
    return Promise.resolve();
  };
  const onChange = () => {
    if (areCurrent()) pacedFigures.request();
  };
  const isLive = useLiveStream(appKey, () => true, {
    reset: () => {
      onChange();
      pacedWebhooks.request();
    },
    state: () => {
      pacedWebhooks.request();
    },
    change: onChange,
  });
  onScopeDispose(() => {
    pacedFigures.stop();
    pacedWebhooks.stop();
  });
  useRefreshWhile(requestFigures, () => !isLive.value && areCurrent());
  useRefreshWhile(requestFigures, () => isLive.value || !areCurrent(), QUIET_MS);
  useRefreshWhile(requestWebhooks, () => !isLive.value);
  useRefreshWhile(requestWebhooks, () => isLive.value, QUIET_MS);

  return {
    isLive,
    restart: async () => {
      await Promise.all([pacedFigures.restart(), pacedWebhooks.restart()]);
    },
  };
}
