/** What there is to tell about an alert. */

export type AlertStep = 'opened' | 'escalated' | 'resolved' | 'reminder';

/** Something happened to an alert and is to be told. */
export interface NoticeDraft {
  alertId: string;
  kind: AlertStep;
  /** Quiet hours hold it back until then; null: tell it now. */
  heldUntil: Date | null;
}
