/** Names families of event types in the reader's language; families of the tenant have their own name only. */
import { useText } from '../../../i18n/i18n.js';
import { WITHOUT_FAMILY } from '../model/families.js';

const NAMED = [
  'message',
  'friend',
  'group',
  'blacklist',
  'user',
  'conversation',
  'bot',
  'system',
  'test',
] as const;

export function useFamilyNames() {
  const { t } = useText();

  function nameOf(key: string): string {
    if (key === WITHOUT_FAMILY) return t('eventTypes.withoutFamily');
    const named = NAMED.find((each) => each === key);
    return named ? t(`eventTypes.families.${named}`) : key;
  }

  return {
    nameOf,
    /** What a webhook subscribes to for all of them; undefined where the name says it. */
    patternOf: (key: string) => (key === WITHOUT_FAMILY ? undefined : `${key}.*`),
    anchorOf: (key: string) => `family-${key}`,
  };
}
