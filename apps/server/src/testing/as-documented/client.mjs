/**
 * Calls `/api/webhooks` as the document of that API shows it. Imports nothing: its functions are those of the document,
 * which fetch paths; only where they lead to is given here. Prints a line of JSON for each step.
 *
 * node client.mjs create|observe|finish; BASE_URL, ACCESS_TOKEN, RECEIVER_URLS (comma-separated)
 */

const { BASE_URL, ACCESS_TOKEN: accessToken, RECEIVER_URLS = '' } = process.env;
const fetch = (path, init) => globalThis.fetch(BASE_URL + path, init);

// As documented, from here.

const createWebhook = async (webhookData) => {
  const response = await fetch('/api/webhooks', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(webhookData),
  });
  const webhook = await response.json();
  if (response.ok) {
    return webhook;
  } else {
    throw new Error(webhook.message);
  }
};

const getWebhookStats = async (webhookId, period = 'day') => {
  const response = await fetch(`/api/webhooks/${webhookId}/stats?period=${period}`, {
    headers: {
      Authorization: `Bearer ${accessToken}`,
    },
  });
  const stats = await response.json();
  if (response.ok) {
    return stats;
  } else {
    throw new Error(stats.message);
  }
};

const monitorWebhookHealth = async (webhookId) => {
  try {
    const stats = await getWebhookStats(webhookId);
    const successRate = stats.overall_stats.success_rate;
    const avgResponseTime = stats.overall_stats.average_response_time;
    const failures = [];
    if (successRate < 95) {
      const deliveries = await getWebhookDeliveries(webhookId, {
        status: 'failed',
        limit: 10,
      });
      deliveries.deliveries.forEach((delivery) => {
        failures.push(`${delivery.event_type}: ${delivery.error}`);
      });
    }
    return {
      healthy: successRate >= 95 && avgResponseTime <= 5000,
      successRate,
      avgResponseTime,
      failures,
    };
  } catch (error) {
    return { healthy: false, error: error.message };
  }
};

const testWebhook = async (webhookId, eventType = 'test.ping') => {
  const response = await fetch(`/api/webhooks/${webhookId}/test`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      event_type: eventType,
      payload: {
        test: true,
        timestamp: new Date().toISOString(),
        message: 'This is a test webhook delivery',
      },
    }),
  });
  const result = await response.json();
  if (response.ok) {
    return result;
  } else {
    throw new Error(result.message);
  }
};

const testAllWebhooks = async () => {
  const results = [];
  const webhooks = await getWebhooks({ active: true });
  for (const webhook of webhooks.webhooks) {
    try {
      const result = await testWebhook(webhook.webhook_id);
      results.push({ name: webhook.name, status: result.status, error: result.error });
    } catch (error) {
      results.push({ name: webhook.name, status: 'error', error: error.message });
    }
  }
  return results;
};

// What the document calls without showing it.

const call = async (method, path, body) => {
  const response = await fetch(path, {
    method,
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
};
const getWebhooks = (query = {}) => call('GET', `/api/webhooks?${new globalThis.URLSearchParams(query)}`);
const getWebhookDeliveries = (webhookId, query) =>
  call('GET', `/api/webhooks/${webhookId}/deliveries?${new globalThis.URLSearchParams(query)}`);

const print = (step, answer) => process.stdout.write(`${JSON.stringify({ step, answer })}\n`);

const steps = {
  async create() {
    for (const [index, url] of RECEIVER_URLS.split(',').entries()) {
      const webhook = await createWebhook({
        url,
        events: ['build.completed', 'build.failed', 'deployment.completed', 'deployment.failed'],
        name: `CI/CD Notifications ${index}`,
        description: 'Receive notifications for build and deployment events',
        secret: 'your-webhook-secret-key',
        active: true,
        project_id: 'proj_123',
        headers: { 'X-Custom-Header': 'custom-value', Authorization: 'Bearer your-api-token' },
        timeout: 30,
        retry_policy: {
          max_attempts: 3,
          backoff_strategy: 'exponential',
          initial_delay: 1000,
          max_delay: 60000,
        },
      });
      print('create', webhook);
    }
    const refused = await createWebhook({ url: 'no url', events: [], name: 'Refused' }).catch(
      (error) => error.message,
    );
    print('create refused', refused);
  },

  async observe() {
    const { webhooks } = await getWebhooks({
      project_id: 'proj_123',
      active: true,
      limit: 20,
      offset: 0,
      sort: 'created_at',
      order: 'asc',
    });
    const [first] = webhooks;
    print('list', webhooks);
    print('get', await call('GET', `/api/webhooks/${first.webhook_id}`));
    for (const { webhook_id: webhookId } of webhooks) {
      const tested = await call('POST', `/api/webhooks/${webhookId}/test`, {
        event_type: 'build.completed',
        payload: { build_id: 'build_test_123', project_id: 'proj_123', status: 'success', duration: 120 },
      });
      print('test', tested);
    }
    print('deliveries', await getWebhookDeliveries(first.webhook_id, { limit: 50, offset: 0 }));
    const failed = await getWebhookDeliveries(first.webhook_id, {
      status: 'failed',
      event_type: 'build.failed',
    });
    const [delivery] = failed.deliveries;
    print('failed', delivery);
    print(
      'redeliver',
      await call('POST', `/api/webhooks/${first.webhook_id}/deliveries/${delivery.delivery_id}/redeliver`),
    );
    print('stats', await getWebhookStats(first.webhook_id));
    for (const { webhook_id: webhookId, active } of webhooks) {
      if (active) print('health', await monitorWebhookHealth(webhookId));
    }
    print('test all', await testAllWebhooks());
  },

  async finish() {
    const { webhooks } = await getWebhooks({ sort: 'name', order: 'asc' });
    for (const { webhook_id: webhookId } of webhooks) {
      const updated = await call('PUT', `/api/webhooks/${webhookId}`, {
        events: [
          'build.completed',
          'build.failed',
          'deployment.completed',
          'deployment.failed',
          'security.alert',
        ],
        active: true,
        timeout: 45,
        retry_policy: {
          max_attempts: 5,
          backoff_strategy: 'exponential',
          initial_delay: 2000,
          max_delay: 120000,
        },
      });
      print('update', updated);
      print('delete', await call('DELETE', `/api/webhooks/${webhookId}`));
    }
    print('list', (await getWebhooks()).webhooks);
  },
};

await steps[process.argv[2]]();
