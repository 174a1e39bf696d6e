"""Signs a request and verifies a callback. Python 3.8 or newer, no packages."""
import hashlib
import hmac
import re
import time

# A callback whose timestamp is further from our clock is refused: it may be an old one, sent again.
WINDOW_MS = 5 * 60 * 1000

# While a secret is rotated there is a signature for each of the two; the one of our secret has to fit.
SIGNATURES = ("x-app-signature", "x-app-signature-next", "x-app-signature-previous")


def sign(secret: str, app_key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """body: the bytes as sent."""
    if not secret:  # With an empty key anyone could sign.
        raise ValueError("the secret is empty")
    body_hash = hashlib.sha256(body).hexdigest()
    text = "\n".join((app_key, timestamp, nonce, body_hash))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_genuine(secret: str, headers: dict, raw_body: bytes, now_ms: "int | None" = None) -> bool:
    """headers: by lower-case name; raw_body: the bytes as received, before anything parses them."""
    now_ms = int(time.time() * 1000) if now_ms is None else now_ms
    timestamp = headers.get("x-app-timestamp", "")
    if not secret:
        return False
    if not re.fullmatch(r"[0-9]{1,15}", timestamp) or abs(now_ms - int(timestamp)) > WINDOW_MS:
        return False
    app_key, nonce = headers.get("x-app-key", ""), headers.get("x-app-nonce", "")
    expected = sign(secret, app_key, timestamp, nonce, raw_body).encode()
    # Bytes: compare_digest refuses text that is not ASCII.
    return any(hmac.compare_digest(headers.get(name, "").encode(), expected) for name in SIGNATURES)
