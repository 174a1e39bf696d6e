/** The version of the service; a test holds it and package.json together. Callbacks name it in `User-Agent`, documents in their head. */
export const SERVICE_VERSION = '0.1.0';
