/** When people are told of an app's alerts: not in quiet hours, and again while nobody has acknowledged one. */
import type { AlertSeverity } from '@im/contracts/api/alerts';
import type { EffectiveAlertSettings } from './alert-settings.js';
import { holdingBack } from './quiet-hours.js';
import { nextReminderAt } from './reminders.js';

export interface Telling {
  /** Until when quiet hours hold back news of that severity; null: they do not. */
  heldUntil: (severity: AlertSeverity) => Date | null;
  /** When to tell again what is told now, after so many reminders; null: never. */
  remindAt: (severity: AlertSeverity, reminders: number) => Date | null;
}

export function tellingOf(
  { quietHours, renotifyAfterMinutes }: Omit<EffectiveAlertSettings, 'rules'>,
  at: Date,
): Telling {
  const heldUntil = holdingBack(quietHours, at);
  return {
    heldUntil,
    remindAt: (severity, reminders) =>
      nextReminderAt(heldUntil(severity) ?? at, renotifyAfterMinutes, reminders),
  };
}
