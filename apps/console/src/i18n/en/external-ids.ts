import type { externalIds as zhExternalIds } from '../zh/external-ids.js';

export const externalIds: typeof zhExternalIds = {
  label: 'External ID',
  hint: 'An ID from your own system. API paths accept ext:<ID> for it.',
  invalid: 'Letters, digits and . _ : - only',
  none: 'No external ID',
};
