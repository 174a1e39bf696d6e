"""Reads the events of a verified request, in every format, alone or in a batch."""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, NoReturn, Optional

from .errors import CallbackError
from .verify import lower_case


@dataclass(frozen=True)
class Callback:
    """An event for a webhook."""

    #: The same in every retry and redelivery: drop duplicates by it.
    callback_id: str
    event: str
    #: When the event happened, ISO 8601 UTC; None where the format does not say (``raw``).
    timestamp: Optional[str]
    app_key: str
    webhook_id: str
    #: New in a redelivery; None where the format does not say.
    delivery_id: Optional[str]
    #: The parsed JSON, whole numbers exact. Of a built-in event it is described in ``im_callback.payloads``. None: not
    #: JSON, which only ``raw`` can be.
    data: Any
    #: The bytes of a request of format ``raw``; None: another format.
    raw_body: Optional[bytes] = None


@dataclass(frozen=True)
class CallbackRequest:
    """A request and what it carries."""

    #: ``event``, ``test``, ``redelivery``, or ``before`` for a question.
    kind: str
    format: str
    #: From 1.
    attempt: int
    #: None: it is no batch.
    batch_id: Optional[str]
    #: In order; exactly one unless it is a batch.
    callbacks: List[Callback]


def parse_callbacks(headers: Mapping[str, str], raw_body: bytes) -> CallbackRequest:
    """Raises CallbackError (``malformed_body``) when it cannot be read."""
    names = lower_case(headers)
    form = names.get("x-app-format") or "im"
    if form not in _READERS:
        raise _malformed(f"the format {form} is not known")
    is_batch = bool(names.get("x-app-batch"))
    body = _body_of(raw_body, form)
    entries = _entries_of(body) if is_batch else [body]
    attempt = names.get("x-app-attempt", "")
    return CallbackRequest(
        kind=names.get("x-app-kind") or "event",
        format=form,
        attempt=int(attempt) if attempt.isdecimal() else 1,
        batch_id=names.get("x-app-batch-id", "") if is_batch else None,
        callbacks=[
            _callback(names, _READERS[form](entry, names), raw_body if form == "raw" else None)
            for entry in entries
        ],
    )


def _im(entry: Any, _names: Mapping[str, str]) -> Dict[str, Any]:
    return _fields(entry)


def _standard_webhooks(entry: Any, names: Mapping[str, str]) -> Dict[str, Any]:
    fields = _fields(entry)
    return {
        **fields,
        "callbackId": fields.get("id", names.get("x-app-callback-id")),
        "event": fields.get("type"),
        "deliveryId": names.get("x-app-delivery-id"),
    }


def _cloudevents(entry: Any, _names: Mapping[str, str]) -> Dict[str, Any]:
    fields = _fields(entry)
    return {
        "callbackId": fields.get("id"),
        "event": fields.get("type"),
        "timestamp": fields.get("time"),
        "appKey": fields.get("appkey"),
        "webhookId": fields.get("webhookid"),
        "deliveryId": fields.get("deliveryid"),
        "data": fields.get("data"),
    }


def _flat(entry: Any, names: Mapping[str, str]) -> Dict[str, Any]:
    fields = _fields(entry)
    return {
        **fields,
        # An entry of a batch names no callbackId; its delivery's id is the same in every retry.
        "callbackId": names.get("x-app-callback-id") or fields.get("delivery_id"),
        "webhookId": fields.get("webhook_id"),
        "deliveryId": fields.get("delivery_id"),
    }


def _raw(body: Any, names: Mapping[str, str]) -> Dict[str, Any]:
    return {
        "callbackId": names.get("x-app-callback-id"),
        "event": names.get("x-app-event"),
        "deliveryId": names.get("x-app-delivery-id"),
        "data": body,
    }


_READERS = {
    "im": _im,
    "standard-webhooks": _standard_webhooks,
    "cloudevents": _cloudevents,
    "flat": _flat,
    "raw": _raw,
}


def _callback(names: Mapping[str, str], fields: Mapping[str, Any], raw_body: Optional[bytes]) -> Callback:
    return Callback(
        callback_id=_text(fields, "callbackId") or _missing("callbackId"),
        event=_text(fields, "event") or _missing("event"),
        timestamp=_text(fields, "timestamp"),
        app_key=_text(fields, "appKey") or names.get("x-app-key", ""),
        webhook_id=_text(fields, "webhookId") or names.get("x-app-webhook-id", ""),
        delivery_id=_text(fields, "deliveryId"),
        data=fields.get("data"),
        raw_body=raw_body,
    )


def _body_of(raw_body: bytes, form: str) -> Any:
    try:
        return json.loads(raw_body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        # An IM server may send anything; its bytes are kept beside it.
        if form == "raw":
            return None
        raise _malformed("the body is not JSON") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _entries_of(body: Any) -> List[Any]:
    entries = body if isinstance(body, list) else _fields(body).get("events")
    if not isinstance(entries, list):
        raise _malformed("the batch has no list of events")
    return entries


def _fields(value: Any) -> Dict[str, Any]:
    if not isinstance(value, dict):
        raise _malformed("it is no object")
    return value


def _text(fields: Mapping[str, Any], name: str) -> Optional[str]:
    value = fields.get(name)
    return value if isinstance(value, str) and value else None


def _missing(name: str) -> NoReturn:
    raise _malformed(f"there is no {name}")


def _malformed(message: str) -> CallbackError:
    return CallbackError("malformed_body", message)
