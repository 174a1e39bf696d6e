/** The checklist "nothing arrives?": what we see, and what only the operator of the IM server can see. */
export const checklist = {
  weSee: '我们看到的',
  youSee: '只有你能看到的',
  lead: '按顺序检查，多数情况在前三项。',
  fact: {
    well: '最近 24 小时收到 {received} 条，没有被拒绝或未识别的。',
    paused: '来源已暂停：请求照常应答，内容丢弃。恢复接收后才会产生事件。',
    never: '从未收到过请求：请求没有到达我们，原因在 IM 服务端或网络。',
    quiet: '最近 24 小时没有收到请求，上一次在',
    rejected: '最近 24 小时拒绝了 {count} 条：发送方地址不在名单内、签名或 SDKAppID 不符，或来源当时已暂停。',
    notUnderstood: '最近 24 小时有 {count} 条未识别：看看它们的路径和内容，常见的是地址后面多了或少了一段。',
    failed: '最近 24 小时有 {count} 条没能存下来：请联系系统运营者查看服务日志。',
    senders: '只接收这些地址发来的请求：{list}。经过代理或 NAT 时，我们看到的是它们的地址。',
    see: '查看这些请求',
  },
  curlTitle: '从 IM 服务端所在的机器（或容器里）请求一次',
  curlText:
    '得到 HTTP 200，并且“原始请求”里出现一条“未识别”，说明网络是通的，问题在服务端的配置。连不上、超时或得到别的内容，说明中间的网络、DNS、代理或证书有问题。',
  curlMasked: '命令中的令牌已隐藏，',
  openim: {
    urlTitle: '确认路径和命令',
    urlText:
      'url 必须写在 webhooks.yml 的最外层，末尾没有斜杠。服务端会在它后面加上“/命令”，例如 /callbackAfterSendSingleMsgCommand。可以把整个文件粘贴到下面检查。',
    enableTitle: '确认事件已打开',
    enableText:
      '每个事件都要单独写 enable: true。deniedTypes、attentionIds 会让一部分消息不触发；排查时先清空。',
    envTitle: '不要用环境变量打开事件',
    envText:
      '环境变量只能改写 webhooks.yml 里已经有的键，没有的键不会因此生效，数组写成环境变量还会被读错。请直接改文件。',
    restartTitle: '重启全部服务；用容器的话重新创建容器',
    restartText:
      '配置只在启动时读取，而且每个服务各读一份。容器里挂载的文件改过之后，docker compose restart 不一定会换上新文件，请用 docker compose up -d --force-recreate。',
    logTitle: '看服务端日志',
    logText:
      '把 config/log.yml 的 remainLogLevel 设为 4 或更大，在日志里搜索 webhook。每次请求之前有一行 webhook，成功之后有一行 webhook success；只有前者，说明请求失败了，失败本身不会记录。一行都没有，说明事件没有打开或配置没有生效。',
  },
  wukongim: {
    urlTitle: '确认地址和事件',
    urlText:
      'v2 写在 webhook.httpAddr，v3 写在 [webhook] 的 http_addr。服务端会在后面加上 ?event=msg.notify 等，所以地址不要带问号。focusEvents（v3 为 focus_events）不为空时，只推送其中的事件。',
    grpcTitle: '确认没有配置 grpcAddr（v2）',
    grpcText: '只要配置了 webhook.grpcAddr，就完全不走 HTTP。要用 gRPC 的话，请在来源设置里填写同样的地址。',
    proxyTitle: '确认中间的代理不改应答',
    proxyText:
      '服务端只认 HTTP 200。代理返回 301 或 302 时，它会改用 GET 跟随，内容就此丢失，而它以为成功了。请直接填最终地址，例如不要让 http 跳转到 https。',
    restartTitle: '重启服务；用容器的话重新创建容器',
    restartText: '配置只在启动时读取。v3 遇到不认识的键或 WK_ 开头的环境变量会拒绝启动，请看启动日志。',
    logTitle: '看服务端日志',
    logText:
      '在日志里搜索 webhook。v2 在请求失败时会记录错误；v3 另有指标 wukongim_goroutine_pool_rejected_total（module="webhook"），大于 0 说明离线事件在服务端排队时就丢了，请调大 queue_size。',
    onlineTitle: '用合适的方式测试',
    onlineText:
      '消息事件要真的发出一条消息；no_persist 的消息没有 msg.notify，接收方在线时没有 msg.offline。在线状态约 2 秒汇总一次。',
  },
  dootask: {
    urlTitle: '确认机器人的 Webhook 地址',
    urlText: '地址在机器人的设置里，不超过 255 个字符，只支持 http 和 https。一个机器人对应一个来源。',
    eventsTitle: '确认事件和会话',
    eventsText:
      '机器人的 Webhook 事件默认只有“消息”，其他三种要另外勾选。机器人必须在那个会话里；以 / 开头的消息和机器人发的消息不会推送。',
    networkTitle: '从 DooTask 的容器里检查网络',
    networkText: 'DooTask 在 PHP 容器里发出请求，localhost 指的是那个容器自己。请填它能访问到的地址。',
    logTitle: '不要等日志',
    logText:
      'DooTask 只推送一次，失败不会写进日志，也不重试；机器人的 webhook_num 会增加，失败的也算。数字增加而这里没有请求，就是网络问题。',
  },
  'tencent-im': {
    consoleTitle: '确认控制台里的设置',
    consoleText:
      '在腾讯云即时通信 IM 控制台的回调配置里填写地址，并逐个勾选需要的回调。保存后约 2 分钟生效。可以用控制台的“校验”按钮先试一次。',
    publicTitle: '确认地址可以从公网访问',
    publicText:
      '请求由腾讯云的服务器发出。内网地址、防火墙白名单、自签名或过期的证书都会让请求到不了。上面的命令请从公网的机器上运行。',
    appIdTitle: '确认 SDKAppID 和鉴权 Token',
    appIdText: '来源里填写的 SDKAppID 或鉴权 Token 与控制台不一致时，请求会被拒绝，并显示在“原始请求”里。',
    oneTitle: '确认没有被别的地址替换',
    oneText:
      '每个 SDKAppID 只有一个回调地址，后填的会替换先填的。别的系统也要接收时，请在这里为它添加回调地址。',
  },
  config: {
    title: '检查 webhooks.yml',
    lead: '粘贴完整的文件，指出其中的问题和所在的行。内容不会保存。',
    label: 'webhooks.yml 的内容',
    check: '检查',
    line: '第 {line} 行',
    whole: '整个文件',
    severity: {
      error: '错误',
      warning: '注意',
      ok: '正常',
    },
  },
};
