import type { checkup as zhCheckup } from '../zh/webhook-checkup.js';

export const checkup: typeof zhCheckup = {
  action: 'Check receiver',
  title: 'Check receiver',
  lead: 'Sends {url} a few test.ping callbacks with the header X-App-Checkup, some of them deliberately invalid. They do not appear in the delivery log and do not affect health or alerts. Takes at most 30 seconds.',
  start: 'Start',
  again: 'Check again',
  running: 'Checking…',
  score: 'Score',
  status: { pass: 'Passed', warn: 'Warning', fail: 'Failed', skipped: 'Not checked' },
  advice: 'What to do',
};
