import type { form as zhForm } from '../zh/source-form.js';

export const form: typeof zhForm = {
  addTitle: 'Add an IM source',
  editTitle: 'Settings of {name}',
  chooseKind: 'Choose the IM server',
  namePlaceholder: 'For example: Production',
  nameRequired: 'Enter a name',
  version: 'Version of the server',
  versionMain: 'main (3.8.4 and later)',
  versionCurrent: 'Current version',
  grpcAuthority: 'gRPC address (v2 only)',
  grpcAuthorityHint:
    'Only if the server is configured with grpcAddr: enter the same host:port. It identifies the server’s calls.',
  dootaskAddress: 'Address of DooTask',
  dootaskAddressHint: 'Needed to send as the bot, for example https://dootask.example.com',
  botToken: 'Bot token',
  botTokenHint: 'Used to send messages; stored encrypted and never shown again.',
  botId: 'Bot ID',
  botIdHint: 'Three of DooTask’s four events do not name the bot. This ID is added to them.',
  sdkAppId: 'SDKAppID',
  sdkAppIdHint: 'If set, requests with a different SDKAppID are rejected.',
  sdkAppIdFormat: 'Enter a number',
  authToken: 'Authentication token',
  authTokenHint:
    'The callback authentication token from the Tencent Cloud console. If set, requests without a valid signature are rejected.',
  secretKept: 'Leave empty to keep it',
  removeSecret: 'Remove the saved token',
  allowedCidrs: 'Allowed sender addresses',
  allowedCidrsHint: 'One address or range such as 10.0.0.0/8 per line. Empty: any address may send.',
  submit: 'Create and show the configuration',
  saved: 'Settings of {name} saved',
};
