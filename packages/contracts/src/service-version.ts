/** Defines the version of the service, for callbacks and documents; a test compares it with package.json. */
export const SERVICE_VERSION = '0.1.0';
