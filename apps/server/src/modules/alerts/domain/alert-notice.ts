/** Describes notices of alerts before they are written. */

export type AlertStep = 'opened' | 'escalated' | 'resolved' | 'reminder';

/** A step of an alert that people are notified of. */
export interface NoticeDraft {
  alertId: string;
  kind: AlertStep;
  /** The end of quiet hours that defer it; null: notify now. */
  deferredUntil: Date | null;
}
