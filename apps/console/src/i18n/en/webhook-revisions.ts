import type { revisions as zhRevisions } from '../zh/webhook-revisions.js';

export const revisions: typeof zhRevisions = {
  title: 'History of changes',
  more: 'Earlier changes',
  system: 'The service',
  replaced: 'Replaced (not shown)',
  nothing: 'None',
  header: 'Header {name}',
  paused: 'Paused manually',
  disabledReason: 'Why it is disabled',
  nextSecret: 'Next secret',
  kinds: {
    created: 'Created',
    updated: 'Changed',
    deleted: 'Deleted',
    found: 'As it was when recording began',
  },
  pausedIs: { true: 'Paused', false: 'Not paused' },
  secrets: { set: 'Set', staged: 'Staged', activated: 'Activated' },
  changedMeanwhile:
    'The latest settings are loaded, and your changes are still here. Check them, then save again.',
  contested: 'You both changed these fields; saving overwrites the other change: {fields}',
};
