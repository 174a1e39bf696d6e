"""Receives callbacks with Flask: pip install flask && APP_SECRET=… python receive.py"""
import json
import os
import sys

from flask import Flask, request

from signature import is_genuine

secret = os.environ.get("APP_SECRET")
if not secret:
    sys.exit("APP_SECRET is not set")

app = Flask(__name__)
# Ids of callbacks that were handled; a database in production, kept longer than retries last.
handled = set()


@app.post("/callback")
def callback():
    # get_data() before request.json: the signature is about the bytes, not about the JSON.
    raw_body = request.get_data()
    headers = {name.lower(): value for name, value in request.headers.items()}
    if not is_genuine(secret, headers, raw_body):
        return "", 401
    envelope = json.loads(raw_body)
    # A webhook with batches gets {"batchId":…,"events":[…]}.
    entries = envelope.get("events", [envelope])
    if not all(isinstance(entry.get("callbackId"), str) for entry in entries):
        return "", 400
    for entry in entries:
        if entry["callbackId"] not in handled:
            handled.add(entry["callbackId"])
            # Only remember it here: what takes long belongs in your own queue.
            print(entry["callbackId"], entry["event"], entry["data"], flush=True)
    return "", 204


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "3000")))
