"""Reads the cases that the tests of all kits share, and makes requests."""
import json
from pathlib import Path

from im_callback import sign_request

CASES = json.loads((Path(__file__).parents[2] / "test-cases.json").read_text("utf-8"))
CATALOGUE = json.loads((Path(__file__).parents[2] / "catalogue.json").read_text("utf-8"))

SECRET = "密钥-secret"


def signed(body, **more):
    """Headers of a callback; those of requests to the API are the same."""
    headers = sign_request(body, app_key="ak_demo_0001", app_secret=SECRET)
    return {**headers, **{f"X-App-{name.title().replace('_', '-')}": value for name, value in more.items()}}


def envelope(callback_id):
    return json.dumps({"callbackId": callback_id, "event": "message.sent", "data": {}}).encode()


def batch(*callback_ids):
    return b'{"batchId":"b1","events":[' + b",".join(map(envelope, callback_ids)) + b"]}"
