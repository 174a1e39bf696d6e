import type { state as zhState } from '../zh/webhook-state.js';

export const state: typeof zhState = {
  title: {
    paused_by_person: '{by} paused the webhook ({time})',
    paused: 'Deliveries are paused: {count} failures in a row',
    by_person: 'The webhook is disabled',
    gone: 'The webhook was disabled: its receiver answered 410',
    failing: 'The webhook was disabled: it failed for days without one success',
  },
  text: {
    paused_by_person:
      'Waiting: {count}. New events wait with them, and no attempt is used up. Once it is resumed they go out in order, slowly at first. Tests, redeliveries and single deliveries sent now go out all the same.',
    paused:
      'Waiting: {count}. One goes out as a probe every half minute to five minutes; the first success resumes the webhook by itself, and the rest follows in order. Resume it now if the receiver is repaired.',
    by_person:
      'A person disabled it. Until it is enabled, events are not sent; the log shows them as skipped.',
    gone: 'The receiver wants no more callbacks, so events are not sent; the log shows them as skipped. If that was a mistake, repair the receiver and enable the webhook.',
    failing:
      'Nothing arrived for a long time, so events are no longer sent; the log shows them as skipped. Enable the webhook once the receiver is repaired.',
  },
  short: {
    paused_by_person: 'Paused by {by}; {count} waiting',
    paused: '{count} waiting; probed now and then, resumes by itself with the first success',
    by_person: 'Disabled by a person',
    gone: 'Disabled: the receiver answered 410',
    failing: 'Disabled: failed for days without one success',
  },
  keptWaiting:
    'Waiting: {count}. They go out once it is enabled, or are canceled when their retention is over.',
  enable: 'Enable',
  enableOf: 'Enable {url}',
  resume: 'Resume now',
  resumeOf: 'Resume {url} now',
  resumeConfirm:
    'Resume {url} now? What waits ({count}) is sent in order, slowly at first. If the receiver is not repaired yet, one more failure pauses it again.',
  resumePausedConfirm: 'Resume {url}? What waits ({count}) is sent in order, slowly at first.',
  resumed: '{url} is resumed; what waited is being sent',
  pause: 'Pause',
  pausedDone: '{url} is paused; new events wait too',
  sendNow: 'Send what waits now',
  sendNowConfirm:
    'Send what waits for {url} ({count}) now, without waiting for the time of each retry? It goes out slowly at first, in order where order is kept.',
  sentNow: 'What waits for {url} ({count}) is being sent',
  enabledWithWaiting: '{url} is enabled; what waits ({count}) goes out when it is due',
  recoverTitle: 'Deliver what was skipped',
  recoverText:
    'Events were skipped while {url} was disabled, since {time}. Deliver them now? It can also be done later, by a recovery in the delivery log.',
  recover: 'Deliver',
  recovering: 'What {url} skipped while it was disabled is being delivered',
  othersMayResume: 'An admin or developer can resume it now.',
  othersMayEnable: 'An admin or developer can enable it.',
};
