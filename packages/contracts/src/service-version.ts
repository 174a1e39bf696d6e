/**
 * Defines the version of the service; a test compares it with package.json. It is in the `User-Agent` of callbacks and
 * in the documents.
 */
export const SERVICE_VERSION = '0.1.0';
