import type { rotation as zhRotation } from '../zh/source-rotation.js';

export const rotation: typeof zhRotation = {
  stage: 'Rotate the token',
  stageAgain: 'Make another',
  stageAction: 'Make a new address',
  confirm:
    'Make an address with a new token for {name}? Both addresses work then, so the IM server can be changed in peace. This is written to the audit log.',
  againConfirm:
    'Make another for {name}? The new address made before, not activated yet, stops working at once. This is written to the audit log.',
  nextTitle: 'New address',
  nextWarning: 'It is shown only this once until it is activated. If it gets lost, make another.',
  stepsTitle: 'What to do now',
  stepConfigure: 'Configure the IM server with the new address, and restart it.',
  stepCheck: 'Make sure under “Raw requests” that its requests still arrive.',
  stepActivate: 'Then choose “{action}” here: the old address stops working after the overlap.',
  stagedSince: 'A new address waits to be activated, made',
  stagedHint: 'Both addresses work now.',
  activate: 'Activate new token',
  activateTitle: 'Activate the new token',
  activateLead:
    'From then on the old address works for the overlap only. Make sure first that the IM server uses the new one.',
  activated: 'The new token is in use',
  overlapLabel: 'How long the old address goes on',
  noOverlapWarning: 'The old address stops working at once: what an IM server still sends there is dropped.',
  previousUntil: 'The old address works until',
  previousHint: 'Until then requests to it are still accepted.',
};
