/** Defines the version of the service, for callbacks and documents; a test compares it with package.json. */
export const SERVICE_VERSION = '1.0.0-rc.1';
