/** Decides when people are notified of an app's alerts: after quiet hours, and again until one is acknowledged. */
import type { AlertSeverity } from '@im/contracts/api/alerts';
import type { EffectiveAlertSettings } from './alert-settings.js';
import { deferralBySeverity } from './quiet-hours.js';
import { nextReminderAt } from './reminders.js';

export interface NotifyPolicy {
  /** Until when quiet hours defer notices of that severity; null: they do not. */
  deferredUntil: (severity: AlertSeverity) => Date | null;
  /** When the next reminder comes after a notice and a number of reminders; null: never. */
  remindAt: (severity: AlertSeverity, reminders: number) => Date | null;
}

export function notifyPolicyOf(
  { quietHours, renotifyAfterMinutes }: Omit<EffectiveAlertSettings, 'rules'>,
  at: Date,
): NotifyPolicy {
  const deferredUntil = deferralBySeverity(quietHours, at);
  return {
    deferredUntil,
    remindAt: (severity, reminders) =>
      nextReminderAt(deferredUntil(severity) ?? at, renotifyAfterMinutes, reminders),
  };
}
