"""Receives with every scheme, for the test against the running service: python conformance.py flask|fastapi

Secrets: SECRETS, the old and the new one as JSON. Paths: /<old|new|both>/<scheme>. Prints a line for each event.
"""
import json
import logging
import os
import sys

from im_callback import Receiver, allow, deny, modify

old, new = json.loads(os.environ["SECRETS"])
port = int(os.environ["PORT"])


def on_event(callback):
    big = json.dumps(callback.data["extra"]["big"])
    # In one piece: print() of several threads would mix lines.
    os.write(1, f"handled {callback.callback_id} {callback.event} {big}\n".encode())


def on_before(question):
    if question.data["text"] == "deny":
        return deny(code=5001, reason="不行")
    if question.data["text"] == "modify":
        return modify({"text": "mild", "extra": question.data["extra"]})
    return allow()


receivers = {
    f"/{keys}/{scheme}": Receiver(secrets, on_event, on_before, scheme=scheme)
    for keys, secrets in {"old": [old], "new": [new], "both": [old, new]}.items()
    for scheme in ("x-app", "standard-webhooks", "body-hmac")
}

if sys.argv[1] == "flask":
    from flask import Flask

    from im_callback.flask import flask_callbacks

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = Flask(__name__)
    for path, receiver in receivers.items():
        app.add_url_rule(path, path, flask_callbacks(receiver), methods=["POST"])
    app.run(port=port, threaded=True)
else:
    import uvicorn
    from fastapi import FastAPI

    from im_callback.fastapi import fastapi_callbacks

    app = FastAPI()
    for path, receiver in receivers.items():
        app.post(path)(fastapi_callbacks(receiver))
    uvicorn.run(app, port=port, log_level="error")
