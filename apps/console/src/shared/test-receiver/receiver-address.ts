/** Whether a callback URL, masked or whole, is the address of a built-in test receiver. */
export function isTestReceiverUrl(url: string): boolean {
  return /\/test-receiver\/([0-9a-f]{48}|\*{4})$/.test(url);
}
