"""Creates an app and a webhook, sends an event and reads its delivery, by the generated client."""

import os
import time

from imcb.api.apps import create_app
from imcb.api.deliveries import get_delivery, list_deliveries
from imcb.api.events import submit_event
from imcb.api.webhooks import create_webhook
from imcb.client import AuthenticatedClient
from imcb.models import CreateAppRequest, CreateWebhookRequest, SubmitEventRequest
from imcb.types import UNSET

client = AuthenticatedClient(base_url=os.environ["SERVER_URL"], token=os.environ["TOKEN"])

app = CreateAppRequest(name="Python", package_name="com.example.python")
first = create_app.sync(client=client, body=app, idempotency_key="python-client")
again = create_app.sync(client=client, body=app, idempotency_key="python-client")
app_key = first.data.app_key
assert again.data.app_key == app_key and again.data.app_secret is UNSET

webhook = CreateWebhookRequest(url=os.environ["RECEIVER_URL"])
assert create_webhook.sync(app_key, client=client, body=webhook).data.webhook_id

event = SubmitEventRequest.from_dict({"event": os.environ["EVENT"], "data": {"n": 1}})
assert submit_event.sync(app_key, client=client, body=event).data.deliveries == 1

while True:
    page = list_deliveries.sync(app_key, client=client)
    if [str(delivery.status) for delivery in page.data] == ["success"]:
        break
    time.sleep(0.1)
print(get_delivery.sync(app_key, page.data[0].delivery_id, client=client).data.status, end="")
