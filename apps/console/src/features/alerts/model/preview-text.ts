/** Says how often a rule would have fired: "would have fired 3 times in 7 days". */
import type { RulePreview } from '@im/contracts/api/alert-rules';
import type { Translate } from '../../../i18n/i18n.js';

export function previewText({ fired, isEstimate, unknownBecause }: RulePreview, t: Translate): string {
  if (fired === null) return t(`alerts.preview.${unknownBecause ?? 'not_recorded'}`);
  if (fired === 0) return t('alerts.preview.never');
  return t(isEstimate ? 'alerts.preview.about' : 'alerts.preview.fired', { count: fired });
}
