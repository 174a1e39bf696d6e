"""Sends an event, signed with the AppSecret: pip install im-callback-kit && APP_SECRET=… python send.py"""
import json
import os
import urllib.error
import urllib.request

from im_callback import sign_request

base_url = os.environ.get("IM_URL", "https://im.example.com")
app_key = os.environ.get("APP_KEY", "ak_your_app_key")
app_secret = os.environ.get("APP_SECRET", "")

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
    }
).encode()
request = urllib.request.Request(
    f"{base_url}/api/v1/apps/{app_key}/events",
    data=body,
    headers={
        "Content-Type": "application/json",
        **sign_request(body, app_key=app_key, app_secret=app_secret),
    },
)
try:
    answer = urllib.request.urlopen(request)
except urllib.error.HTTPError as refusal:
    # Its body says what is wrong.
    answer = refusal
with answer:
    print(answer.getcode(), answer.read().decode())
