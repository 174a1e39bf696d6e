#!/usr/bin/env bash
# Sends an event, signed with the AppSecret: APP_SECRET=… ./send.sh
set -euo pipefail
. "$(dirname "$0")/signature.sh"

: "${APP_SECRET:?is not set}"
IM_URL=${IM_URL:-https://im.example.com}
APP_KEY=${APP_KEY:-ak_your_app_key}

body=$(mktemp)
trap 'rm -f "$body"' EXIT
printf %s '{"id":"msg-1001","event":"message.sent","data":{"messageId":"1001",
 "conversationId":"single:u1:u2","conversationType":"single","senderId":"u1","receiverId":"u2",
 "contentType":"text","content":{"text":"你好"},"text":"你好","status":"normal",
 "sentAt":"2026-11-21T08:00:00.000Z"}}' >"$body"

timestamp=$(($(date +%s) * 1000))
nonce=$(openssl rand -hex 16)
# On its own line: a failure within an argument of curl would not stop the script.
signature=$(sign "$APP_SECRET" "$APP_KEY" "$timestamp" "$nonce" "$body")

# --data-binary: -d would take the line breaks out of the file, and other bytes have another signature.
curl -sS -i "$IM_URL/api/v1/apps/$APP_KEY/events" \
  -H 'Content-Type: application/json' \
  -H "X-App-Key: $APP_KEY" \
  -H "X-App-Timestamp: $timestamp" \
  -H "X-App-Nonce: $nonce" \
  -H "X-App-Signature: $signature" \
  --data-binary "@$body"
