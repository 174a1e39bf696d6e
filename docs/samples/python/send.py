"""Sends an event, signed with the AppSecret: APP_SECRET=… python send.py"""
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request

from signature import sign

base_url = os.environ.get("IM_URL", "https://im.example.com")
app_key = os.environ.get("APP_KEY", "ak_your_app_key")
secret = os.environ.get("APP_SECRET")
if not secret:
    sys.exit("APP_SECRET is not set")

# The bytes that are signed are the bytes that are sent: print the JSON once.
body = json.dumps(
    {
        "id": "msg-1001",
        "event": "message.sent",
        "data": {
            "messageId": "1001",
            "conversationId": "single:u1:u2",
            "conversationType": "single",
            "senderId": "u1",
            "receiverId": "u2",
            "contentType": "text",
            "content": {"text": "你好"},
            "text": "你好",
            "status": "normal",
            "sentAt": "2026-11-21T08:00:00.000Z",
        },
    },
    ensure_ascii=False,
).encode()
timestamp = str(int(time.time() * 1000))
nonce = secrets.token_hex(16)

request = urllib.request.Request(
    f"{base_url}/api/v1/apps/{app_key}/events",
    data=body,
    headers={
        "Content-Type": "application/json",
        "X-App-Key": app_key,
        "X-App-Timestamp": timestamp,
        "X-App-Nonce": nonce,
        "X-App-Signature": sign(secret, app_key, timestamp, nonce, body),
    },
)
try:
    answer = urllib.request.urlopen(request)
except urllib.error.HTTPError as refusal:
    # Its body says what is wrong.
    answer = refusal
with answer:
    print(answer.getcode(), answer.read().decode())
