import type { state as zhState } from '../zh/webhook-state.js';

export const state: typeof zhState = {
  title: {
    paused_by_person: '{by} paused the webhook ({time})',
    paused:
      'Deliveries are paused: {count} failure in a row | Deliveries are paused: {count} failures in a row',
    by_person: 'The webhook is disabled',
    gone: 'Disabled: the receiver answered 410',
    failing: 'Disabled: no success for days',
  },
  text: {
    paused_by_person:
      '{count} waiting. New events wait too, and no attempts are used up. When you resume, they are sent in order, slowly at first. Tests, redeliveries and “Send now” still work.',
    paused:
      '{count} waiting. A probe is sent every 30 seconds to 5 minutes; the first success resumes the webhook and the rest follow in order. If the receiver is fixed, resume now.',
    by_person: 'Someone disabled it. Until it is enabled, events are logged as skipped.',
    gone: 'The receiver wants no more callbacks, so events are logged as skipped. If that was a mistake, fix the receiver and enable the webhook.',
    failing:
      'Nothing was delivered for days, so events are logged as skipped. Fix the receiver, then enable the webhook.',
  },
  short: {
    paused_by_person: 'Paused by {by}; {count} waiting',
    paused: '{count} waiting; probing until the first success',
    by_person: 'Turned off by a member',
    gone: 'Disabled: the receiver answered 410',
    failing: 'Disabled: no success for days',
  },
  keptWaiting:
    '{count} waiting. They are sent once the webhook is enabled, or canceled when their retention ends.',
  enable: 'Enable',
  enableOf: 'Enable {url}',
  resume: 'Resume now',
  resumeOf: 'Resume {url} now',
  resumeConfirm:
    'Resume {url} now? Waiting deliveries ({count}) are sent in order, slowly at first. If the receiver still fails, the webhook is paused again.',
  resumePausedConfirm: 'Resume {url}? Waiting deliveries ({count}) are sent in order, slowly at first.',
  resumed: '{url} resumed. Waiting deliveries are being sent.',
  pause: 'Pause',
  pausedDone: '{url} paused. New events wait too.',
  sendNow: 'Send waiting deliveries now',
  sendNowConfirm:
    'Send the waiting deliveries of {url} ({count}) now instead of at their retry times? They are sent slowly at first, in order where order is kept.',
  sentNow: 'Sending the waiting deliveries of {url} ({count})',
  enabledWithWaiting: '{url} enabled. Waiting deliveries ({count}) are sent when due.',
  recoverTitle: 'Deliver skipped events',
  recoverText:
    'Events were skipped while {url} was disabled since {time}. Deliver them now? You can also do it later with a recovery in the delivery log.',
  recover: 'Deliver',
  recovering: 'Delivering the events that {url} skipped while disabled',
  othersMayResume: 'An admin or developer can resume it now.',
  othersMayEnable: 'An admin or developer can enable it.',
};
