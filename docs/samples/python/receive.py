"""Receives callbacks with Flask: pip install flask && APP_SECRET=… python receive.py"""
import json
import os

from flask import Flask, request

from signature import is_genuine

app = Flask(__name__)
# Of callbacks that were handled; a database in production, kept longer than retries last.
handled = set()


@app.post("/callback")
def callback():
    # get_data() before request.json: the signature is about the bytes, not about the JSON.
    raw_body = request.get_data()
    headers = {name.lower(): value for name, value in request.headers.items()}
    if not is_genuine(os.environ["APP_SECRET"], headers, raw_body):
        return "", 401
    envelope = json.loads(raw_body)
    if envelope["callbackId"] not in handled:
        handled.add(envelope["callbackId"])
        # Only remember it here: what takes long belongs in a queue of yours.
        print(envelope["event"], envelope["data"], flush=True)
    return "", 204


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "3000")))
