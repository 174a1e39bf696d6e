import type { rotation as zhRotation } from '../zh/webhook-rotation.js';

export const rotation: typeof zhRotation = {
  stage: 'Rotate',
  stageFirst: 'Use a secret of its own…',
  rotateAppSecret: 'Rotate the AppSecret',
  stageAgain: 'Make another',
  stageAction: 'Make a new secret',
  nextLabel: 'New secret',
  nextWarning: 'It is shown only this once until it is activated. If it gets lost, make another.',
  stepsTitle: 'What to do now',
  stepActivate: 'Once all are ready, choose “{action}” here: callbacks are then signed with the new secret.',
  stepRetire: 'Remove the old secret from your receivers before the overlap ends.',
  stagedSince: 'A new secret waits to be activated, made',
  stagedHint: 'Callbacks are still signed with the current one and carry the new one’s signature in {next}.',
  previousUntil: 'The old secret goes on until',
  previousHint: 'Callbacks are signed with the new one and carry the old one’s signature in {previous}.',
  activate: 'Activate new secret',
  activateLead:
    'From then on callbacks are signed with the new secret. Make sure first that your receivers accept it.',
  activated: 'The new secret is in use',
  overlapLabel: 'How long the old secret goes on',
  overlap: {
    day: '24 hours',
    week: '7 days',
    month: '30 days',
    hour: '1 hour',
    none: 'Not at all',
  },
  noOverlapWarning:
    'The old secret becomes invalid at once: programs that still use it can neither verify nor sign.',
  app: {
    title: 'Rotate AppSecret',
    confirm:
      'Make a new AppSecret for {name}? The current one goes on signing until you activate the new one. This is written to the audit log.',
    againConfirm:
      'Make another for {name}? The new secret made before, not activated yet, is void at once. This is written to the audit log.',
    nextTitle: 'New AppSecret',
    stepAccept:
      'Have your receivers accept both the old and the new secret. Programs that sign requests as the app may switch to the new one right away.',
    activateTitle: 'Activate the new AppSecret',
  },
  webhook: {
    title: 'Rotate secret',
    confirm:
      'Make a new secret for {name}? The current one goes on signing until you activate the new one. This is written to the audit log.',
    firstTitle: 'Use a secret of its own',
    firstConfirm:
      'Make a secret of its own for {name}? The AppSecret goes on signing until you activate it. This is written to the audit log.',
    againConfirm:
      'Make another for {name}? The new secret made before, not activated yet, is void at once. This is written to the audit log.',
    nextTitle: 'New secret',
    stepAccept: 'Have the receiver at this address accept both the old and the new secret.',
    activateTitle: 'Activate the new secret',
  },
};
