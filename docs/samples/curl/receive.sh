#!/usr/bin/env bash
# Sends a signed callback to a receiver on your machine, to try it without the service: APP_SECRET=… ./receive.sh
set -euo pipefail
. "$(dirname "$0")/signature.sh"

: "${APP_SECRET:?is not set}"
RECEIVER=${RECEIVER:-http://127.0.0.1:3000/callback}
APP_KEY=${APP_KEY:-ak_your_app_key}

body=$(mktemp)
trap 'rm -f "$body"' EXIT
printf %s '{"callbackId":"01980000-0000-7000-8000-000000000001","event":"test.ping","data":{}}' >"$body"

timestamp=$(($(date +%s) * 1000))
nonce=$(openssl rand -hex 16)
# On its own line: a failure within an argument of curl would not stop the script.
signature=$(sign "$APP_SECRET" "$APP_KEY" "$timestamp" "$nonce" "$body")

# 204 is right. Change one character of the body after it was signed, and 401 is.
curl -sS -o /dev/null -w '%{http_code}\n' "$RECEIVER" \
  -H 'Content-Type: application/json' \
  -H "X-App-Key: $APP_KEY" \
  -H "X-App-Timestamp: $timestamp" \
  -H "X-App-Nonce: $nonce" \
  -H "X-App-Signature: $signature" \
  --data-binary "@$body"
