/** Converts the setting for before-callbacks to its form, and back. */
import { BEFORE_DEADLINE_MS, type BeforeSettings } from '@im/contracts/api/before-constants';
import { isEventName } from '@im/contracts/events/names';

export interface BeforeForm {
  isOn: boolean;
  events: string[];
  /** null: the field was emptied. */
  deadlineMs: number | null;
  onFailure: BeforeSettings['onFailure'];
}

export function toBeforeForm(settings: BeforeSettings | null): BeforeForm {
  return {
    isOn: settings !== null,
    events: [...(settings?.events ?? [])],
    deadlineMs: settings?.deadlineMs ?? BEFORE_DEADLINE_MS.default,
    onFailure: settings?.onFailure ?? 'allow',
  };
}

export function faultsOfBeforeForm(form: BeforeForm): Partial<Record<'events' | 'deadlineMs', true>> {
  if (!form.isOn) return {};
  const { events, deadlineMs } = form;
  const { min, max } = BEFORE_DEADLINE_MS;
  const isWithin =
    deadlineMs !== null && Number.isInteger(deadlineMs) && deadlineMs >= min && deadlineMs <= max;
  return {
    ...((events.length === 0 || !events.every(isEventName)) && { events: true }),
    ...(!isWithin && { deadlineMs: true }),
  };
}

/** The setting that the form describes. */
export function toBeforeSettings({ isOn, events, deadlineMs, onFailure }: BeforeForm): BeforeSettings | null {
  if (!isOn) return null;
  return { events, deadlineMs: deadlineMs ?? BEFORE_DEADLINE_MS.default, onFailure };
}

export function isSameBefore(one: BeforeSettings | null, other: BeforeSettings | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.deadlineMs === other.deadlineMs &&
    one.onFailure === other.onFailure &&
    one.events.toSorted().join() === other.events.toSorted().join()
  );
}
