"""Receives webhooks with the Flask handler of the document, or with as much of Flask as it needs.

Prints "listening" with the port, then what the handler prints. WEBHOOK_SECRET.
"""

import hashlib
import hmac
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

try:
    from flask import Flask, abort, request
    from werkzeug.serving import make_server
except ImportError:

    class Refused(Exception):
        """Ends a request with a status."""

    def abort(status):
        raise Refused(status)

    class request:  # noqa: N801, as Flask names it
        """The request that is handled: they come one by one."""

        headers = None
        body = b""

        @classmethod
        def get_data(cls):
            return cls.body

    class Flask:
        """Of Flask: routes of POST requests."""

        def __init__(self, name):
            self.routes = {}

        def route(self, path, methods):
            return lambda handler: self.routes.setdefault(path, handler)

    def make_server(host, port, app):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                request.headers = self.headers
                request.body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    text, status = app.routes[self.path]()
                except Refused as refused:
                    text, status = "", refused.args[0]
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        return ThreadingHTTPServer((host, port), Handler)


# As documented, from here.

app = Flask(__name__)


def verify_webhook_signature(payload, signature, secret):
    expected_signature = hmac.new(
        secret.encode('utf-8'),
        payload,
        hashlib.sha256
    ).hexdigest()
    received_signature = signature.replace('sha256=', '')
    return hmac.compare_digest(expected_signature, received_signature)


@app.route('/webhooks/trae', methods=['POST'])
def handle_webhook():
    signature = request.headers.get('X-Trae-Signature-256')
    payload = request.get_data()
    secret = os.environ.get('WEBHOOK_SECRET')
    if not verify_webhook_signature(payload, signature, secret):
        abort(401)
    event = json.loads(payload)
    print(f'Received event: {event["event"]}', flush=True)
    return 'OK', 200


server = make_server("127.0.0.1", 0, app)
print(f"listening {server.server_port}", flush=True)
sys.stderr = open(os.devnull, "w", encoding="utf-8")
server.serve_forever()
