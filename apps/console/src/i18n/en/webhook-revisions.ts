import type { revisions as zhRevisions } from '../zh/webhook-revisions.js';

export const revisions: typeof zhRevisions = {
  title: 'History of changes',
  more: 'Earlier changes',
  system: 'The service',
  replaced: 'Replaced (not shown)',
  nothing: 'None',
  header: 'Header {name}',
  paused: 'Paused by a person',
  disabledReason: 'Why it is disabled',
  nextSecret: 'Next secret',
  kinds: {
    created: 'Created',
    updated: 'Changed',
    deleted: 'Deleted',
    found: 'As found when recording began',
  },
  pausedIs: { true: 'Paused', false: 'Not paused' },
  secrets: { set: 'Set', staged: 'Staged', activated: 'Activated' },
  changedMeanwhile:
    'The latest settings are loaded, and what you typed is still here. Look at it, then save again.',
  contested: 'Both of you changed these; saving replaces theirs: {fields}',
};
