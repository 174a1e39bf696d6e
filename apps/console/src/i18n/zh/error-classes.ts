/** The names of failure classes; cause and advice come with the attempt. */
export const errorClasses = {
  name: {
    dns: '域名解析失败',
    connect_refused: '连接被拒绝',
    connect_timeout: '连接超时',
    tls_expired: '证书已过期',
    tls_hostname: '证书与域名不符',
    tls_untrusted: '证书不受信任',
    tls_other: 'TLS 握手失败',
    response_timeout: '响应超时',
    reset: '连接中断',
    redirect: '返回了重定向',
    client_error: '接收方拒绝请求',
    signature_rejected: '接收方拒绝签名',
    not_found: '接收地址不存在',
    too_large: '接收方认为内容过大',
    rate_limited: '接收方限流',
    server_error: '接收方内部错误',
    gone: '接收方已下线',
    blocked_address: '地址不允许访问',
    invalid_response: '响应无法识别',
  },
};
