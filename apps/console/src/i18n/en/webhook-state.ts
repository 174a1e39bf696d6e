import type { state as zhState } from '../zh/webhook-state.js';

export const state: typeof zhState = {
  title: {
    paused: 'Deliveries are paused: {count} failures in a row',
    by_person: 'The webhook is disabled',
    gone: 'The webhook was disabled: its receiver answered 410',
    failing: 'The webhook was disabled: it failed for days without one success',
  },
  text: {
    paused:
      'Waiting: {count}. One goes out as a probe every half minute to five minutes; the first success resumes the webhook by itself, and the rest follows in order. Resume it now if the receiver is repaired.',
    by_person:
      'A person disabled it. Until it is enabled, events are not sent; the log shows them as skipped.',
    gone: 'The receiver wants nothing more, so events are not sent; the log shows them as skipped. If that was a mistake, mend the receiver and enable the webhook.',
    failing:
      'Nothing arrived for a long time, so events are no longer sent; the log shows them as skipped. Enable the webhook once the receiver is repaired.',
  },
  short: {
    paused: '{count} waiting; probed now and then, resumes by itself with the first success',
    by_person: 'Disabled by a person',
    gone: 'Disabled: the receiver answered 410',
    failing: 'Disabled: failed for days without one success',
  },
  enable: 'Enable',
  enableOf: 'Enable {url}',
  resume: 'Resume now',
  resumeOf: 'Resume {url} now',
  resumeConfirm:
    'Resume {url} now? What waits ({count}) is sent in order, slowly at first. If the receiver is not repaired yet, one more failure pauses it again.',
  resumed: '{url} is resumed; what waited is being sent',
  othersMayResume: 'An admin or developer can resume it now.',
  othersMayEnable: 'An admin or developer can enable it.',
};
