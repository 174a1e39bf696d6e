/** Divides the form of a webhook into its sections: the basic one is always open, the others fold. */
import { isExternalId } from '../../../shared/external-ids/external-id.js';
import { faultsOfBeforeForm } from './before-form.js';
import { faultsOfDeliveryForm } from './delivery-form.js';
import { faultsOfRetryForm } from './retry-form.js';
import { missingPartOf, type WebhookForm } from './webhook-form.js';

export const FOLDING_SECTIONS = ['delivery', 'retry', 'headers', 'before', 'advanced'] as const;
export type FormSection = (typeof FOLDING_SECTIONS)[number];

const BASIC_POINTERS = ['/url', '/name', '/secret', '/enabled', '/events', '/description'];

const POINTERS: Record<FormSection, readonly string[]> = {
  delivery: ['/timeoutMs', '/format', '/signature', '/ordering', '/batch', '/rateLimitPerSecond'],
  retry: ['strategy', 'maxAttempts', 'scheduleMs', 'initialDelayMs', 'maxDelayMs', 'retryOnStatus'].map(
    (field) => `/retryPolicy/${field}`,
  ),
  headers: ['/headers', '/clientCertificate/certificate', '/clientCertificate/key'],
  before: ['/before/events', '/before/deadlineMs', '/before/onFailure'],
  advanced: ['/externalId'],
};

/** JSON Pointers of all faults that the form shows next to a field. */
export const FORM_POINTERS: readonly string[] = [...BASIC_POINTERS, ...Object.values(POINTERS).flat()];

/** Sections with a fault that the form itself finds. */
export function faultySections(form: WebhookForm): FormSection[] {
  const hasFault: Record<FormSection, boolean> = {
    delivery: Object.keys(faultsOfDeliveryForm(form.delivery)).length > 0,
    retry: Object.keys(faultsOfRetryForm(form.retry)).length > 0,
    headers: missingPartOf(form.clientCertificate) !== null,
    before: Object.keys(faultsOfBeforeForm(form.before)).length > 0,
    advanced: !isExternalId(form.externalId),
  };
  return FOLDING_SECTIONS.filter((section) => hasFault[section]);
}

/** Sections with a fault that the server found. @param errorAt the text of the fault at a JSON Pointer, or '' */
export function refusedSections(errorAt: (pointer: string) => string): FormSection[] {
  return FOLDING_SECTIONS.filter((section) => POINTERS[section].some((pointer) => errorAt(pointer) !== ''));
}
