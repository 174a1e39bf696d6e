/** Posts a request as a real OpenIM server sends it, recorded from open-im-server main; the ids are made up. */

/** One text message from u1 to u2, with the escapes and the trailing newline of Go's JSON encoder. */
const BODY = `{"sendID":"u1","callbackCommand":"callbackAfterSendSingleMsgCommand","serverMsgID":"b7e23ec29af22b0b4e41da31e868d572","clientMsgID":"4d2a1f0b9c3e4a5f8d7c6b5a49382716","operationID":"1764427600123-4821","senderPlatformID":5,"senderNickname":"U1 \\u003ca\\u0026b\\u003e","sessionType":1,"msgFrom":100,"contentType":101,"status":1,"sendTime":1764427600123,"createTime":1764427599987,"content":"{\\"content\\":\\"hi \\u003cb\\u003e\\u0026 你好\\"}","seq":0,"atUserList":null,"faceURL":"https://example.com/a.png?x=1\\u0026y=2","ex":"","recvID":"u2"}\n`;
const PATH =
  '/callbackAfterSendSingleMsgCommand?key=eyJzZW5kSUQiOiJ1MSIsInJlY3ZJRCI6InUyIiwiZ3JvdXBJRCI6IiJ9';

/** @param url the source's address, with its token */
export function postOpenimMessage(url: string): Promise<Response> {
  return fetch(`${url}${PATH}`, {
    method: 'POST',
    headers: {
      'User-Agent': 'Go-http-client/1.1',
      'Content-Type': 'application/json; charset=utf-8',
      Operationid: '1764427600123-4821',
    },
    body: BODY,
  });
}
