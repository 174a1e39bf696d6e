/** Renders the page that shows the demo's receivers and switches their behaviour, without external files. */

export const RECEIVER_PAGE = `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>演示接收端 · Demo receivers</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 60rem; color: #222; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 0 0 .5rem; }
  section { border: 1px solid #d8dce5; border-radius: 6px; padding: 1rem; margin: 1rem 0; }
  button { font: inherit; padding: .2rem .8rem; margin: 0 .4rem .4rem 0; border: 1px solid #b5bccb; border-radius: 4px; background: #fff; cursor: pointer; }
  button[aria-pressed=true] { background: #2f5bd8; border-color: #2f5bd8; color: #fff; }
  table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .2rem .6rem .2rem 0; vertical-align: top; }
  th { font-weight: 600; color: #555; } pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  .scroll { overflow-x: auto; } .bad { color: #b3261e; } summary { cursor: pointer; }
</style>
<h1>演示接收端 · Demo receivers</h1>
<p>每个接收端都会验签。点按钮改变它的应答，再到控制台看回调日志与告警。<br>
Each one verifies signatures. Choose how it answers, then watch the delivery log and the alerts in the console.</p>
<main></main>
<script type="module">
const LABELS = { ok: '200 正常 ok', error: '500 错误 error', slow: '缓慢 slow', wrong: '302 错误应答 wrong' };
const main = document.querySelector('main');
const open = new Set();

function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

function section(state) {
  const buttons = Object.entries(LABELS).map(([behaviour, textContent]) => {
    const button = make('button', { textContent, onclick: () => choose(state.slug, behaviour) });
    button.setAttribute('aria-pressed', String(state.behaviour === behaviour));
    return button;
  });
  const head = make('tr', {}, ...['时间 time', '事件 event', '次数 attempt', '签名 signature', '应答 answer', '内容 body']
    .map((textContent) => make('th', { textContent })));
  const table = make('table', {}, head, ...state.lastRequests.map((request) => row(request)));
  return make('section', {}, make('h2', { textContent: state.name + ' · ' + state.received }), ...buttons,
    make('div', { className: 'scroll' }, table));
}

function row(request) {
  const key = request.callbackId + request.receivedAt;
  const details = make('details', { open: open.has(key) }, make('summary', { textContent: '…' }),
    make('pre', { textContent: request.body }));
  details.ontoggle = () => (details.open ? open.add(key) : open.delete(key));
  const signature = request.isSignatureValid ? '✓' : '✗';
  const answer = request.answeredStatus + (request.isDuplicate ? ' 重复 duplicate' : '');
  return make('tr', {},
    make('td', { textContent: new Date(request.receivedAt).toLocaleTimeString() }),
    make('td', { textContent: request.event }),
    make('td', { textContent: request.attempt }),
    make('td', { textContent: signature, className: request.isSignatureValid ? '' : 'bad' }),
    make('td', { textContent: answer, className: request.answeredStatus < 300 ? '' : 'bad' }),
    make('td', {}, details));
}

async function choose(slug, behaviour) {
  await fetch('/behaviours/' + slug, { method: 'PUT', body: behaviour });
  await refresh();
}

async function refresh() {
  const states = await (await fetch('/states')).json();
  const focused = [...main.querySelectorAll('button')].indexOf(document.activeElement);
  main.replaceChildren(...states.map(section));
  main.querySelectorAll('button')[focused]?.focus();
}

await refresh();
setInterval(() => refresh().catch(() => undefined), 2000);
</script>
</html>
`;
