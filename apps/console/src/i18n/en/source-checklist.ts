import type { checklist as zhChecklist } from '../zh/source-checklist.js';

export const checklist: typeof zhChecklist = {
  weSee: 'What we see',
  youSee: 'What only you can see',
  lead: 'Work through these in order. It is usually one of the first three.',
  fact: {
    well: 'Requests in the last 24 hours: {received}, all understood and accepted.',
    paused: 'The source is paused: its requests are answered and dropped. Resume it to get events.',
    never: 'No request has ever arrived. The cause is in the IM server’s configuration or in the network.',
    quiet: 'No requests in the last 24 hours. The last one arrived',
    rejected:
      '{count} rejected in the last 24 hours: the sender’s address is not allowed, the signature or SDKAppID is wrong, or the source was paused.',
    notUnderstood:
      '{count} not understood in the last 24 hours: check their paths and bodies. Often the path after the address is too long or too short.',
    failed:
      '{count} could not be stored in the last 24 hours: ask the operator of this installation to check its log.',
    senders: 'Only these addresses may send: {list}. Behind a proxy or NAT, we see the proxy’s address.',
    see: 'See these requests',
  },
  curlTitle: 'Send one request from the machine (or container) of the IM server',
  curlText:
    'HTTP 200, and a request that is “not understood” under “Raw requests”: the network is fine; check the configuration. A refused connection, a timeout or any other response: check the network, DNS, proxies and certificates.',
  curlMasked: 'The token in the command is hidden:',
  openim: {
    urlTitle: 'Check the path and the command',
    urlText:
      'url belongs at the top level of webhooks.yml, without a trailing slash. The server appends “/command”, such as /callbackAfterSendSingleMsgCommand. Paste the whole file below to check it.',
    enableTitle: 'Check that the events are enabled',
    enableText:
      'Each event needs its own enable: true. deniedTypes and attentionIds filter out some messages; empty them while you look for the cause.',
    envTitle: 'Do not enable events by environment variables',
    envText:
      'Variables only replace keys that webhooks.yml already has. Keys missing from the file stay off, and lists in variables are misread. Change the file instead.',
    restartTitle: 'Restart all services; recreate containers',
    restartText:
      'Each service reads the configuration at startup only. In containers, docker compose restart may not pick up the changed file; use docker compose up -d --force-recreate.',
    logTitle: 'Check the server’s log',
    logText:
      'Set remainLogLevel in config/log.yml to 4 or more and search the log for webhook. Each request logs “webhook” before and “webhook success” after it. If only the first appears, the request failed; failures are not logged. If neither appears, the event is off or the configuration has not taken effect.',
  },
  wukongim: {
    urlTitle: 'Check the address and the events',
    urlText:
      'v2 has it in webhook.httpAddr, v3 in http_addr below [webhook]. The server appends ?event=msg.notify and the like, so the address must have no question mark. If focusEvents (v3: focus_events) is not empty, only those events are sent.',
    grpcTitle: 'Check that grpcAddr is not set (v2)',
    grpcText:
      'If webhook.grpcAddr is set, HTTP is not used at all. To use gRPC, enter the same address in the settings of the source.',
    proxyTitle: 'Check that no proxy changes the answers',
    proxyText:
      'The server accepts only HTTP 200. It follows a 301 or 302 with a GET, loses the body, and counts that as success. Enter the final address, for example https directly instead of a redirect from http.',
    restartTitle: 'Restart the server; recreate containers',
    restartText:
      'The configuration is read at startup only. v3 refuses to start with an unknown key or WK_ variable; check its startup log.',
    logTitle: 'Check the server’s log',
    logText:
      'Search the log for webhook. v2 logs an error when a request fails; v3 also has the metric wukongim_goroutine_pool_rejected_total (module="webhook"): above 0, offline events were lost in the server’s own queue; increase queue_size.',
    onlineTitle: 'Test with something that triggers an event',
    onlineText:
      'Message events need a real message. Messages with no_persist send no msg.notify, and there is no msg.offline while the recipient is online. Online status is collected for about 2 seconds.',
  },
  dootask: {
    urlTitle: 'Check the webhook address of the bot',
    urlText:
      'It is in the bot’s settings, has at most 255 characters, and starts with http or https. Use one source per bot.',
    eventsTitle: 'Check the events and the conversation',
    eventsText:
      'By default a bot’s webhook gets messages only; select the other three events too. The bot must be in the conversation. Texts starting with / and messages from bots are not pushed.',
    networkTitle: 'Check the network from DooTask’s container',
    networkText:
      'DooTask sends from its PHP container, where localhost is that container. Enter an address it can reach.',
    logTitle: 'Do not wait for a log line',
    logText:
      'DooTask pushes once, logs no failures and does not retry. The bot’s webhook_num also counts failed pushes: if it grows and nothing appears here, the network is the cause.',
  },
  'tencent-im': {
    consoleTitle: 'Check the settings in the console',
    consoleText:
      'In the callback configuration of the Tencent Cloud Chat console, enter the address and select the callbacks you want. It takes effect about 2 minutes after saving. The console’s own test button calls the address.',
    publicTitle: 'Check that the address is reachable from the internet',
    publicText:
      'Tencent Cloud’s servers send the requests. They cannot reach a private address, are blocked by firewalls, and reject self-signed or expired certificates. Run the command above from an external machine.',
    appIdTitle: 'Check the SDKAppID and the authentication token',
    appIdText:
      'If they differ between this source and the Tencent Cloud console, requests are rejected and appear under “Raw requests”.',
    oneTitle: 'Check that no other address has replaced it',
    oneText:
      'Each SDKAppID has one callback URL; a new one replaces it. If another system needs the callbacks too, add a webhook for it here.',
  },
  config: {
    title: 'Check webhooks.yml',
    lead: 'Paste the whole file to see its mistakes line by line. Nothing is stored.',
    label: 'Content of webhooks.yml',
    check: 'Check',
    line: 'Line {line}',
    whole: 'Whole file',
    severity: {
      error: 'Error',
      warning: 'Warning',
      ok: 'OK',
    },
  },
};
