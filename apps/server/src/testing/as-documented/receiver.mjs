/**
 * Receives webhooks with the Express handler of the document, on as much of Express as it needs. Prints `listening` with
 * the port, then what the handler prints. WEBHOOK_SECRET, PORT.
 */
import { createServer } from 'node:http';
import crypto from 'node:crypto';

/** Of Express: a route with its raw body, and answers with status and text. */
function expressOfOneRoute() {
  const routes = new Map();
  return {
    use() {},
    post(path, handler) {
      routes.set(path, handler);
    },
    listen(port, started) {
      const server = createServer(async (req, response) => {
        const chunks = [];
        for await (const chunk of req) chunks.push(chunk);
        req.body = Buffer.concat(chunks);
        const res = {
          status(code) {
            response.statusCode = code;
            return res;
          },
          send(text) {
            response.end(text);
          },
        };
        const handler = routes.get(req.url);
        if (handler) handler(req, res);
        else res.status(404).send('Not Found');
      });
      server.listen(port, '127.0.0.1', () => started(server.address().port));
    },
  };
}
const express = expressOfOneRoute;
express.raw = () => undefined;

// As documented, from here.

const app = express();

app.use('/webhooks/trae', express.raw({ type: 'application/json' }));

app.post('/webhooks/trae', (req, res) => {
  try {
    const signature = req.headers['x-trae-signature-256'];
    const payload = req.body;
    const secret = process.env.WEBHOOK_SECRET;
    if (!verifyWebhookSignature(payload, signature, secret)) {
      console.error('Webhook 签名验证失败');
      return res.status(401).send('Unauthorized');
    }
    const event = JSON.parse(payload);
    const eventType = event.event;
    const eventData = event.data;
    console.log(`收到 Webhook 事件: ${eventType}`);
    switch (eventType) {
      case 'build.completed':
        handleBuildCompleted(eventData);
        break;
      case 'build.failed':
        handleBuildFailed(eventData);
        break;
      case 'deployment.completed':
        handleDeploymentCompleted(eventData);
        break;
      case 'security.alert':
        handleSecurityAlert(eventData);
        break;
      default:
        console.log(`未处理的事件类型: ${eventType}`);
    }
    res.status(200).send('OK');
  } catch (error) {
    console.error('处理 Webhook 事件时出错:', error.message);
    res.status(500).send('Internal Server Error');
  }
});

function handleBuildCompleted(data) {
  console.log(`构建完成: ${data.build_id}`);
  sendSlackNotification({
    text: `✅ 构建成功`,
    attachments: [
      {
        color: 'good',
        fields: [
          { title: '项目', value: data.project_name, short: true },
          { title: '分支', value: data.branch, short: true },
          { title: '提交', value: data.commit_sha.substring(0, 7), short: true },
          { title: '持续时间', value: `${data.duration}秒`, short: true },
        ],
      },
    ],
  });
}

function handleBuildFailed(data) {
  console.log(`构建失败: ${data.build_id}`);
  console.log(`错误: ${data.error.message}`);
}

function handleDeploymentCompleted(data) {
  console.log(`部署完成: ${data.deployment_id}`);
  sendEmailNotification({
    to: data.author.email,
    subject: `部署成功 - ${data.project_name}`,
  });
}

function handleSecurityAlert(data) {
  console.log(`安全警报: ${data.alert_type}`);
  console.log(`用户: ${data.user.username}`);
}

function verifyWebhookSignature(payload, signature, secret) {
  const expectedSignature = crypto.createHmac('sha256', secret).update(payload, 'utf8').digest('hex');
  const receivedSignature = signature.replace('sha256=', '');
  return crypto.timingSafeEqual(Buffer.from(expectedSignature, 'hex'), Buffer.from(receivedSignature, 'hex'));
}

function sendSlackNotification(message) {
  console.log('发送 Slack 通知:', message.text);
}

function sendEmailNotification(email) {
  console.log('发送邮件通知:', email.subject);
}

app.listen(Number(process.env.PORT ?? 0), (port) => {
  console.log(`listening ${port}`);
});
