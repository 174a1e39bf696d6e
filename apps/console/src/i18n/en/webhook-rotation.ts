import type { rotation as zhRotation } from '../zh/webhook-rotation.js';

export const rotation: typeof zhRotation = {
  stage: 'Rotate',
  stageFirst: 'Use a separate secret…',
  rotateAppSecret: 'Rotate the AppSecret',
  stageAgain: 'Generate another',
  stageAction: 'Generate new secret',
  nextLabel: 'New secret',
  nextWarning: 'It is shown only once before activation. If you lose it, generate another.',
  stepsTitle: 'Next steps',
  stepActivate:
    'When all of them are ready, choose “{action}” here. Callbacks are then signed with the new secret.',
  stepRetire: 'Remove the old secret from your receivers before the overlap ends.',
  stagedSince: 'A new secret is waiting to be activated, generated',
  stagedHint: 'Callbacks are still signed with the current secret and carry the new signature in {next}.',
  previousUntil: 'The old secret works until',
  previousHint: 'Callbacks are signed with the new secret and carry the old signature in {previous}.',
  activate: 'Activate new secret',
  activateLead: 'After this, callbacks are signed with the new secret. Make sure your receivers accept it.',
  activated: 'New secret activated',
  overlapLabel: 'How long the old secret keeps working',
  overlap: {
    day: '24 hours',
    week: '7 days',
    month: '30 days',
    hour: '1 hour',
    none: 'Not at all',
  },
  noOverlapWarning:
    'The old secret becomes invalid immediately. Programs that still use it can no longer verify or sign.',
  app: {
    title: 'Rotate AppSecret',
    confirm:
      'Generate a new AppSecret for {name}? The current one keeps signing until you activate the new one. This is recorded in the audit log.',
    againConfirm:
      'Generate another for {name}? The new secret that is not activated yet becomes invalid immediately. This is recorded in the audit log.',
    nextTitle: 'New AppSecret',
    stepAccept:
      'Make your receivers accept both the old and the new secret. Programs that sign API requests can switch to the new one right away.',
    activateTitle: 'Activate new AppSecret',
  },
  webhook: {
    title: 'Rotate secret',
    confirm:
      'Generate a new secret for {name}? The current one keeps signing until you activate the new one. This is recorded in the audit log.',
    firstTitle: 'Use a separate secret',
    firstConfirm:
      'Generate a separate secret for {name}? The AppSecret keeps signing until you activate it. This is recorded in the audit log.',
    againConfirm:
      'Generate another for {name}? The new secret that is not activated yet becomes invalid immediately. This is recorded in the audit log.',
    nextTitle: 'New secret',
    stepAccept: 'Make the receiver accept both the old and the new secret.',
    activateTitle: 'Activate new secret',
  },
};
