/** Explains each class of failure in general; what an attempt showed is added to it. */
import type { ErrorClass } from '../api/deliveries.js';
import type { Diagnosis } from './diagnosis.js';

export const GENERAL_DIAGNOSES: Readonly<Record<ErrorClass, Diagnosis>> = {
  dns: {
    cause: {
      zh: '回调地址里的域名没有解析出任何 IP 地址，请求没有发出。',
      en: 'The host name in the URL has no IP address, so no request went out.',
    },
    advice: {
      zh: '检查域名拼写；在服务所在的机器上用 nslookup 确认能解析；新加的 DNS 记录可能要等几分钟生效。',
      en: 'Check the spelling; run nslookup on the machine of this service; a new DNS record may take some minutes.',
    },
  },
  connect_refused: {
    cause: {
      zh: '主机可达，但目标端口没有程序在监听，连接立即被拒绝。',
      en: 'The host is there, but nothing listens on that port: the connection was refused at once.',
    },
    advice: {
      zh: '确认接收程序正在运行，监听的端口与回调地址一致，并且监听 0.0.0.0 而不只是 127.0.0.1；再检查端口映射。',
      en: 'Check that the receiver runs, that its port is the one in the URL, and that it listens on 0.0.0.0 and not only on 127.0.0.1; then check port mappings.',
    },
  },
  connect_timeout: {
    cause: {
      zh: '在时限内没能建立连接。多半是防火墙丢弃了数据包，或者这个地址路由不到。',
      en: 'No connection came about in time. Most often a firewall drops the packets, or the address is not routable.',
    },
    advice: {
      zh: '在防火墙和安全组里放行本服务的出口 IP；从服务所在的机器用 curl 试连这个地址和端口。',
      en: 'Let this service’s outgoing IP through the firewall and security group; try the host and port with curl from the machine of this service.',
    },
  },
  tls_expired: {
    cause: {
      zh: '接收方的 HTTPS 证书已过期（或尚未生效），请求没有发出。',
      en: 'The receiver’s HTTPS certificate has expired (or is not valid yet), so no request went out.',
    },
    advice: {
      zh: '更换证书并重新加载 Web 服务器；建议开启自动续期，并确认接收方的系统时间正确。',
      en: 'Install a new certificate and reload the web server; automatic renewal helps, and so does a right clock on the receiver.',
    },
  },
  tls_hostname: {
    cause: {
      zh: '接收方的证书有效，但不包含回调地址里的域名，请求没有发出。',
      en: 'The receiver’s certificate is valid, but not for the host name in the URL, so no request went out.',
    },
    advice: {
      zh: '签发包含这个域名的证书，或者把回调地址改成证书上的域名；多域名的主机还要检查 SNI 配置。',
      en: 'Get a certificate that names this host, or change the URL to the name it is for; with several sites on one machine check SNI too.',
    },
  },
  tls_untrusted: {
    cause: {
      zh: '接收方的证书无法追溯到受信任的根证书：中间证书缺失、自签名，或由私有机构签发。',
      en: 'The certificate leads to no trusted root: an intermediate is missing, or it is self-signed or privately issued.',
    },
    advice: {
      zh: '在 Web 服务器上配置完整证书链（fullchain）；自签名证书请换成公共机构签发的证书。由企业自己的机构签发时，请运维把根证书写进 OUTGOING_CA_FILE。',
      en: 'Serve the full chain (fullchain), and replace a self-signed certificate with a publicly issued one. Where an authority of your own issued it, an operator can add its root to OUTGOING_CA_FILE.',
    },
  },
  tls_other: {
    cause: {
      zh: '双方没能建立安全连接：TLS 版本或加密套件不一致，或者这个端口提供的并不是 HTTPS。',
      en: 'The two sides agreed on no secure connection: their TLS versions or ciphers differ, or the port does not speak HTTPS.',
    },
    advice: {
      zh: '让接收方支持 TLS 1.2 或 1.3；确认地址该用 https 还是 http，以及端口是否写对。',
      en: 'Let the receiver speak TLS 1.2 or 1.3; check whether the URL should begin with https or http, and its port.',
    },
  },
  response_timeout: {
    cause: {
      zh: '连接已建立，但接收方没有在超时时间内答复。请求很可能已经送达并开始处理。',
      en: 'The connection was established, but no answer came within the timeout. The request probably arrived and was being worked on.',
    },
    advice: {
      zh: '验签后立即回复 2xx，把业务放到队列里异步处理；并按 callbackId 去重，因为系统会重发。确有需要时可调大超时时间。',
      en: 'Verify, answer 2xx at once, and do the work afterwards from a queue. Drop duplicates by callbackId, because it is sent again. If need be, raise the timeout.',
    },
  },
  reset: {
    cause: {
      zh: '接收方或中间的代理在答复之前断开了连接。请求可能已经被处理。',
      en: 'The receiver, or a proxy in between, hung up before answering. The request may have been handled.',
    },
    advice: {
      zh: '查看接收方与反向代理在这个时刻的日志：进程崩溃、重启、空闲连接被提前关闭都会这样。按 callbackId 去重。',
      en: 'See the logs of the receiver and its reverse proxy at that time: crashes, restarts and idle connections closed early look like this. Drop duplicates by callbackId.',
    },
  },
  redirect: {
    cause: {
      zh: '接收方返回 3xx，要求访问别的地址。回调从不跟随重定向，以免把签名内容发到未知的地方。',
      en: 'The receiver answered 3xx and points elsewhere. Redirects are never followed, so that signed content is not sent to an unknown receiver.',
    },
    advice: {
      zh: '把回调地址改成响应头 Location 里的最终地址；常见原因是 http 跳转到 https，或缺少末尾的斜杠。',
      en: 'Set the URL to what the response header Location names; most often it is http leading to https, or a missing slash at the end.',
    },
  },
  client_error: {
    cause: {
      zh: '接收方返回 4xx，认为请求本身有问题。',
      en: 'The receiver answered 4xx: it finds fault with the request itself.',
    },
    advice: {
      zh: '看下面的响应内容，那里通常写着原因；对照接收程序对请求头和 JSON 字段的要求。',
      en: 'Read the response below, it usually says why; compare it with what the receiver expects of headers and JSON fields.',
    },
  },
  signature_rejected: {
    cause: {
      zh: '接收方返回 401 或 403，通常是验签没有通过，也可能被网关的登录或 IP 名单拦下。',
      en: 'The receiver answered 401 or 403. Usually the signature did not verify; a login or an IP list at its gateway does the same.',
    },
    advice: {
      zh: '核对验签用的密钥（回调地址设了自己的密钥时，就不再用 AppSecret）；摘要要对收到的原始字节计算，不能用重新序列化的 JSON；检查服务器时间；确认网关没有另外要求登录。',
      en: 'Check the key (a webhook with its own secret does not use the AppSecret); take the digest over the raw bytes received, not over JSON that was serialized again; check the server’s clock; make sure that no gateway asks for a login.',
    },
  },
  not_found: {
    cause: {
      zh: '接收方返回 404 或 405：路径不存在，或者这个路径不接受 POST。',
      en: 'The receiver answered 404 or 405: the path does not exist, or it does not take POST.',
    },
    advice: {
      zh: '核对回调地址的路径（包括末尾斜杠和路由前缀），并确认对应的路由接受 POST。',
      en: 'Check the path in the URL, slash at the end and route prefix included, and that its route takes POST.',
    },
  },
  too_large: {
    cause: {
      zh: '接收方返回 413：请求体超过了它或它前面代理的上限。',
      en: 'The receiver answered 413: the body is over its limit, or that of a proxy before it.',
    },
    advice: {
      zh: '调大接收程序和代理的请求体上限，至少 512 KB；例如 nginx 的 client_max_body_size。',
      en: 'Raise the body limit of the receiver and its proxy to at least 512 KB, such as client_max_body_size of nginx.',
    },
  },
  rate_limited: {
    cause: {
      zh: '接收方返回 429，要求降低发送频率。',
      en: 'The receiver answered 429: it asks for fewer requests.',
    },
    advice: {
      zh: '系统会遵守 Retry-After 并自动重试（回调地址被暂停时，等恢复后再重试）。若经常出现，请提高接收方的限额，或给本服务单独放行。',
      en: 'Retry-After is honoured and the retry comes by itself; while the webhook is paused, once it is resumed. If this is frequent, raise the receiver’s limit or exempt this service.',
    },
  },
  server_error: {
    cause: {
      zh: '接收方返回 5xx：接收程序出错，或者网关后面没有可用的服务。',
      en: 'The receiver answered 5xx: its program failed, or its gateway found nothing behind it.',
    },
    advice: {
      zh: '查看接收方在这个时刻的日志，可用 X-App-Callback-Id 查找；502、503、504 多半是网关后面的程序没有启动或太慢。修复后重新投递。',
      en: 'See the receiver’s logs at that time, X-App-Callback-Id finds the request; 502, 503 and 504 mostly mean that the program behind the gateway is down or slow. Then redeliver.',
    },
  },
  gone: {
    cause: {
      zh: '接收方返回 410，明确表示不再接收。回调地址已被停用，并发出了告警。',
      en: 'The receiver answered 410: it wants nothing more. The webhook was disabled and an alert raised.',
    },
    advice: {
      zh: '如果是误回，请修正接收程序，再到 IM 回调配置里重新启用；如果地址确实不用了，删除它即可。',
      en: 'If that was a mistake, mend the receiver and enable the webhook again; if the address is out of use, delete it.',
    },
  },
  blocked_address: {
    cause: {
      zh: '域名指向内网、本机或保留地址。为防止被用来探测内部网络，系统没有连接它。',
      en: 'The host points to a private, local or reserved address. It was not called, so that the internal network cannot be probed this way.',
    },
    advice: {
      zh: '改用公网地址。若确实要投递到内网，请运维把这个网段加入环境变量 WEBHOOK_ALLOWED_CIDRS。',
      en: 'Use a public address. If it has to be an internal one, an operator can add its range to WEBHOOK_ALLOWED_CIDRS.',
    },
  },
  invalid_response: {
    cause: {
      zh: '端口有应答，但内容不是合法的 HTTP 响应。',
      en: 'The port answered, but not with valid HTTP.',
    },
    advice: {
      zh: '确认端口背后是 HTTP 服务（不是 HTTPS、数据库或 gRPC 端口），并检查代理有没有改坏响应头。',
      en: 'Make sure that plain HTTP is behind the port (not HTTPS, a database or gRPC), and that no proxy damages the headers.',
    },
  },
};
