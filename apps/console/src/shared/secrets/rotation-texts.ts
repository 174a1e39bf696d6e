/** Names the texts of a rotation: what each step is called for a secret of its kind. */
export interface RotationTexts {
  /** The button of the first step. */
  stage: string;
  stagedSince: string;
  stagedHint: string;
  /** The button of the second step. */
  activate: string;
  activateTitle: string;
  activateLead: string;
  overlapLabel: string;
  noOverlapWarning: string;
  previousUntil: string;
  previousHint: string;
  nextTitle: string;
  nextLabel: string;
  nextWarning: string;
  stepsTitle: string;
  /** What to do with the next secret, in order. */
  steps: readonly string[];
}
