import type { checkup as zhCheckup } from '../zh/webhook-checkup.js';

export const checkup: typeof zhCheckup = {
  action: 'Check up',
  title: 'Check the receiver up',
  lead: 'Sends {url} a few test.ping callbacks with the header X-App-Checkup, right ones and wrong ones on purpose. They appear in no delivery log and count neither for health nor for alerts. It takes 30 seconds at most.',
  start: 'Start',
  again: 'Check again',
  running: 'Checking…',
  score: 'Score',
  status: { pass: 'Passed', warn: 'Mind this', fail: 'Failed', skipped: 'Not judged' },
  advice: 'What to do',
};
