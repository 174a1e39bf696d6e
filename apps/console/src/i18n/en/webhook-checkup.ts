import type { checkup as zhCheckup } from '../zh/webhook-checkup.js';

export const checkup: typeof zhCheckup = {
  action: 'Check up',
  title: 'Check the receiver up',
  lead: 'Sends {url} a few test.ping callbacks with the header X-App-Checkup, some of them wrong on purpose. They appear in no delivery log and count neither for health nor for alerts. It takes at most 30 seconds.',
  start: 'Start',
  again: 'Check again',
  running: 'Checking…',
  score: 'Score',
  status: { pass: 'Passed', warn: 'Warning', fail: 'Failed', skipped: 'Not judged' },
  advice: 'What to do',
};
