"""Verifies the signature of a callback, over its bytes, in constant time; and signs requests to the API."""
from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets as random
import time
from dataclasses import dataclass
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Union

from .errors import CallbackError

#: How far a timestamp may be from our clock.
DEFAULT_WINDOW_MS = 5 * 60 * 1000

Secrets = Union[str, Sequence[str]]


def now_ms() -> int:
    """The clock."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Verified:
    """Details of a verified request."""

    #: Index of the secret that fits.
    secret_index: int
    #: Identifies a repeated request; None: the scheme has none (``body-hmac``).
    replay_key: Optional[str]


@dataclass(frozen=True)
class _Check:
    time_ms: Optional[int]
    replay_key: Optional[str]
    given: List[str]
    expected: Callable[[str], str]


def verify(
    headers: Mapping[str, str],
    raw_body: bytes,
    secrets: Secrets,
    *,
    scheme: str = "x-app",
    prefix: str = "X-App",
    window_ms: int = DEFAULT_WINDOW_MS,
    now: Callable[[], int] = now_ms,
) -> Verified:
    """Returns for a genuine request; raises CallbackError for any other, ValueError without a secret.

    :param headers: names in any case
    :param raw_body: the bytes as received, before anything parses them
    :param secrets: the secret, or both while it is rotated: the old and the new one, in any order
    :param scheme: ``x-app`` fits every webhook; ``standard-webhooks`` and ``body-hmac`` (with ``prefix``) are for
        webhooks with that ``signature``
    """
    keys = secrets_of(secrets)
    if scheme not in _CHECKS:
        raise ValueError(f"there is no scheme {scheme}")
    check = _CHECKS[scheme](lower_case(headers), raw_body, prefix)
    if check.time_ms is not None and abs(now() - check.time_ms) > window_ms:
        raise CallbackError("outside_window", "the timestamp is too far from our clock")
    for index, secret in enumerate(keys):
        expected = check.expected(secret).encode()
        if any([hmac.compare_digest(given.encode("utf-8", "replace"), expected) for given in check.given]):
            return Verified(index, check.replay_key)
    raise CallbackError("wrong_signature", "the signature does not fit")


def signature_of(secret: str, app_key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """The scheme ``x-app``: HMAC-SHA256 of AppKey, timestamp, nonce and the hash of the body."""
    text = "\n".join((app_key, timestamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def sign_request(
    body: bytes,
    *,
    app_key: str,
    app_secret: str,
    timestamp_ms: Optional[int] = None,
    nonce: Optional[str] = None,
) -> Dict[str, str]:
    """The headers to send with a request to the API whose body is sent byte for byte."""
    secrets_of(app_secret)
    timestamp = str(now_ms() if timestamp_ms is None else timestamp_ms)
    nonce = random.token_hex(16) if nonce is None else nonce
    return {
        "X-App-Key": app_key,
        "X-App-Timestamp": timestamp,
        "X-App-Nonce": nonce,
        "X-App-Signature": signature_of(app_secret, app_key, timestamp, nonce, body),
    }


def secrets_of(given: Optional[Secrets]) -> Sequence[str]:
    """Refuses an empty one: anyone could sign with it."""
    keys = [given] if isinstance(given, str) else list(given or [])
    if not keys or not all(keys):
        raise ValueError("the secret is empty")
    return keys


def lower_case(headers: Mapping[str, str]) -> Dict[str, str]:
    """By lower-case name."""
    return {name.lower(): value for name, value in headers.items()}


def _x_app(headers: Mapping[str, str], raw_body: bytes, _prefix: str) -> _Check:
    app_key, timestamp, nonce = (
        _required(headers, name) for name in ("X-App-Key", "X-App-Timestamp", "X-App-Nonce")
    )
    if not re.fullmatch(r"[0-9a-f]{32}", nonce):
        raise _malformed("X-App-Nonce")
    return _Check(
        _time_of(timestamp, "X-App-Timestamp"),
        f"{app_key}:{nonce}",
        _signatures(headers, "X-App-Signature", r"[0-9a-f]{64}"),
        lambda secret: signature_of(secret, app_key, timestamp, nonce, raw_body),
    )


def _standard_webhooks(headers: Mapping[str, str], raw_body: bytes, _prefix: str) -> _Check:
    message_id, timestamp, signatures = (
        _required(headers, name) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    )
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "replace") + raw_body

    def expected(secret: str) -> str:
        mac = hmac.new(_standard_webhooks_key(secret), signed, hashlib.sha256).digest()
        return "v1," + base64.b64encode(mac).decode()

    time_ms = _time_of(timestamp, "webhook-timestamp") * 1000
    return _Check(time_ms, f"{message_id}:{timestamp}", signatures.split(" "), expected)


def _body_hmac(headers: Mapping[str, str], raw_body: bytes, prefix: str) -> _Check:
    name = f"{prefix}-Timestamp"
    timestamp = headers.get(name.lower(), "")
    return _Check(
        # It is not signed, so it only catches delayed requests, not forged ones; duplicates are dropped by callbackId.
        _time_of(timestamp, name) if timestamp else None,
        None,
        _signatures(headers, f"{prefix}-Signature-256", r"sha256=[0-9a-f]{64}"),
        lambda secret: "sha256=" + hmac.new(secret.encode(), raw_body, hashlib.sha256).hexdigest(),
    )


_CHECKS: Dict[str, Callable[[Mapping[str, str], bytes, str], _Check]] = {
    "x-app": _x_app,
    "standard-webhooks": _standard_webhooks,
    "body-hmac": _body_hmac,
}


def _required(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name.lower(), "")
    if not value:
        raise CallbackError("missing_header", f"{name} is missing")
    return value


def _malformed(name: str) -> CallbackError:
    return CallbackError("malformed_header", f"{name} has another form")


def _time_of(timestamp: str, name: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", timestamp):
        raise _malformed(name)
    return int(timestamp)


def _signatures(headers: Mapping[str, str], name: str, form: str) -> List[str]:
    """While a secret is rotated there is one for each of the two."""
    more = [headers.get(f"{name}-{which}".lower(), "") for which in ("Next", "Previous")]
    given = [value for value in [_required(headers, name), *more] if re.fullmatch(form, value)]
    if not given:
        raise _malformed(name)
    return given


def _standard_webhooks_key(secret: str) -> bytes:
    """Of ``whsec_…`` the decoded bytes, of any other secret its UTF-8 bytes."""
    if secret.startswith("whsec_") and len(secret) > 6:
        try:
            return base64.b64decode(secret[6:], validate=True)
        except binascii.Error:
            pass
    return secret.encode()
