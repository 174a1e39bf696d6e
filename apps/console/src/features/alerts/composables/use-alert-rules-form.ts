import type { AlertSettings } from '@im/contracts/api/alert-rules';
import { ALERT_RULES } from '@im/contracts/api/alert-constants';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission, type FormSubmission } from '../../../shared/composables/use-form-submission.js';
import { notifySuccess } from '../../../shared/ui/notify.js';
import { putAlertRules } from '../alerts.api.js';
import {
  settingsFaults,
  toSettingsForm,
  toSettingsRequest,
  type AlertSettingsForm,
} from '../model/rule-form.js';

const OWNERS = [...ALERT_RULES.map((rule) => `/rules/${rule}`), '/renotifyAfterMinutes', '/quietHours'];

export interface AlertRulesForm extends FormSubmission {
  form: AlertSettingsForm;
}

export function useAlertRulesForm(appKey: () => string, settings: AlertSettings): AlertRulesForm {
  const { t } = useText();
  const form = reactive(toSettingsForm(settings, Intl.DateTimeFormat().resolvedOptions().timeZone));
  const submission = useFormSubmission({
    owners: OWNERS,
    faults: () => settingsFaults(form, t),
    send: async () => {
      const request = toSettingsRequest(form, settings);
      if (Object.keys(request).length > 0) await putAlertRules(appKey(), request);
      notifySuccess(t('alerts.rulesSaved'));
    },
  });
  return { form, ...submission };
}
