import type { rotation as zhRotation } from '../zh/source-rotation.js';

export const rotation: typeof zhRotation = {
  stage: 'Rotate token',
  stageAgain: 'Generate another',
  stageAction: 'Generate new address',
  confirm:
    'Generate a new address for {name}? Both addresses work until you activate the new one, so you can change the IM server without a gap. This is recorded in the audit log.',
  againConfirm:
    'Generate another for {name}? The new address that is not activated yet stops working immediately. This is recorded in the audit log.',
  nextTitle: 'New address',
  nextWarning: 'It is shown only once before activation. If you lose it, generate another.',
  stepsTitle: 'Next steps',
  stepConfigure: 'Configure the IM server with the new address, and restart it.',
  stepCheck: 'Check under “Raw requests” that requests still arrive.',
  stepActivate: 'Then choose “{action}” here: the old address stops working after the overlap.',
  stagedSince: 'A new address is waiting to be activated, generated',
  stagedHint: 'Both addresses work now.',
  activate: 'Activate new token',
  activateTitle: 'Activate new token',
  activateLead:
    'After this, the old address works only during the overlap. Make sure the IM server uses the new one.',
  activated: 'New token activated',
  overlapLabel: 'How long the old address keeps working',
  noOverlapWarning: 'The old address stops working immediately. Requests still sent there are dropped.',
  previousUntil: 'The old address works until',
  previousHint: 'Requests to it are accepted until then.',
};
