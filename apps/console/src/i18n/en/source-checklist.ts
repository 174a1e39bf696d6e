import type { checklist as zhChecklist } from '../zh/source-checklist.js';

export const checklist: typeof zhChecklist = {
  weSee: 'What we see',
  youSee: 'What only you can see',
  lead: 'Go through them in order; most often it is one of the first three.',
  fact: {
    well: '{received} requests in the last 24 hours, none of them rejected or not understood.',
    paused: 'The source is paused: its requests are answered and dropped. Resume it to get events.',
    never:
      'No request has ever arrived: the cause is in the IM server’s configuration or in the network between.',
    quiet: 'No request in the last 24 hours; the last one came',
    rejected:
      '{count} rejected in the last 24 hours: the sender is not on the list of addresses, the signature or SDKAppID is wrong, or the source was paused.',
    notUnderstood:
      '{count} not understood in the last 24 hours: look at their paths and bodies; often there is a part too many or too few after the address.',
    failed:
      '{count} could not be stored in the last 24 hours: ask the operators of this installation to look into its log.',
    senders: 'Only these addresses may send: {list}. Behind a proxy or NAT we see its address.',
    see: 'See these requests',
  },
  curlTitle: 'Send one request from the machine (or container) of the IM server',
  curlText:
    'HTTP 200, and a request that is “not understood” under “Raw requests”: the network is fine, look at the configuration. A refused connection, a timeout or anything else as the answer: look at the network, DNS, a proxy or the certificate between.',
  curlMasked: 'The token in the command is hidden:',
  openim: {
    urlTitle: 'Check the path and the command',
    urlText:
      'url belongs on the outermost level of webhooks.yml, without a slash at its end. The server appends “/command”, such as /callbackAfterSendSingleMsgCommand. Paste the whole file below to have it checked.',
    enableTitle: 'Check that the events are enabled',
    enableText:
      'Each event needs its own enable: true. deniedTypes and attentionIds keep some messages from being sent: empty them while you search.',
    envTitle: 'Do not enable events by environment variables',
    envText:
      'They can only replace keys that webhooks.yml has already; a key that is not in the file stays off, and lists in variables are read wrongly. Change the file.',
    restartTitle: 'Restart all services; recreate containers',
    restartText:
      'The configuration is read at the start only, by each service for itself. In containers docker compose restart may not bring the changed file in: use docker compose up -d --force-recreate.',
    logTitle: 'Look into the log of the server',
    logText:
      'Set remainLogLevel in config/log.yml to 4 or more and search the log for webhook. There is a line “webhook” before each request and “webhook success” after it; only the first one means that the request failed, which is not logged itself. None at all means that the event is off, or the configuration has not taken effect.',
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
      'The server takes nothing but HTTP 200. It follows a 301 or 302 with a GET, loses the body, and takes that for success. Enter the final address, so that http is not redirected to https, for example.',
    restartTitle: 'Restart the server; recreate containers',
    restartText:
      'The configuration is read at the start only. v3 refuses to start with a key or a WK_ variable that it does not know: look at what it logs at the start.',
    logTitle: 'Look into the log of the server',
    logText:
      'Search the log for webhook. v2 logs an error when a request fails; v3 also has the metric wukongim_goroutine_pool_rejected_total (module="webhook"): above 0, offline events were lost in the server’s own queue, and queue_size has to be larger.',
    onlineTitle: 'Test with what makes an event',
    onlineText:
      'Message events need a real message; one with no_persist has no msg.notify, and there is no msg.offline while the recipient is online. Online states are gathered for about 2 seconds.',
  },
  dootask: {
    urlTitle: 'Check the webhook address of the bot',
    urlText:
      'It is in the settings of the bot, has at most 255 characters, and begins with http or https. One bot is one source.',
    eventsTitle: 'Check the events and the conversation',
    eventsText:
      'By default a bot’s webhook has only messages; the other three events have to be ticked. The bot must be in that conversation; texts that begin with / and messages by bots are not pushed.',
    networkTitle: 'Check the network from DooTask’s container',
    networkText:
      'DooTask sends from its PHP container, where localhost means that container. Enter an address that it can reach.',
    logTitle: 'Do not wait for a log line',
    logText:
      'DooTask pushes once, logs no failure and does not retry. The bot’s webhook_num counts pushes, failed ones too: if it grows and nothing shows here, it is the network.',
  },
  'tencent-im': {
    consoleTitle: 'Check the settings in the console',
    consoleText:
      'In the callback configuration of the Tencent Cloud Chat console, enter the address and tick each callback that you want. It takes effect about 2 minutes after saving. The console’s own test button tries the address.',
    publicTitle: 'Check that the address is reachable from the internet',
    publicText:
      'Tencent Cloud’s servers send the requests. They do not get through to a private address, past a firewall’s list, or with a certificate that is self-signed or expired. Run the command above on a machine outside.',
    appIdTitle: 'Check the SDKAppID and the authentication token',
    appIdText:
      'If they differ between this source and the console, requests are rejected, and show under “Raw requests”.',
    oneTitle: 'Check that no other address has replaced it',
    oneText:
      'There is one callback URL per SDKAppID; a new one replaces the old one. If another system needs the callbacks too, add a webhook for it here.',
  },
  config: {
    title: 'Check webhooks.yml',
    lead: 'Paste the whole file; its mistakes are named with their lines. Nothing of it is stored.',
    label: 'Content of webhooks.yml',
    check: 'Check',
    line: 'Line {line}',
    whole: 'Whole file',
    severity: {
      error: 'Error',
      warning: 'Warning',
      ok: 'Fine',
    },
  },
};
