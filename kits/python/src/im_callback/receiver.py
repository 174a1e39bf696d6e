"""Receives requests: verifies, parses, drops duplicates, calls the handlers, answers. Knows no framework."""
from __future__ import annotations

import asyncio
import inspect
import json
import logging
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Mapping, Optional

from .before_answer import allow
from .errors import CallbackError
from .parse import Callback, CallbackRequest, parse_callbacks
from .seen_store import MemorySeenStore, SeenStore
from .verify import DEFAULT_WINDOW_MS, Secrets, now_ms, secrets_of, verify

#: A batch has at most 100 events of 256 KiB.
DEFAULT_MAX_BODY_BYTES = 32 * 1_048_576

#: Longer than a redelivery is likely to come.
_KEEP_MS = 7 * 24 * 60 * 60 * 1000

_log = logging.getLogger("im_callback")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Receiver:
    """Raises ValueError without a secret. Handlers may be coroutine functions.

    :param on_event: called once for each event. What takes longer than the webhook's timeout belongs in your own queue.
        When it raises, the answer is 500 and the event is retried.
    :param on_before: decides before an event happens; by default everything is allowed
    :param handled: by ``callbackId``; in memory by default
    :param nonces: by nonce, so that no request is accepted twice; in memory by default
    :param on_refused: told of requests that are refused
    """

    def __init__(
        self,
        secrets: Secrets,
        on_event: Callable[[Callback], Any],
        on_before: Optional[Callable[[Callback], Any]] = None,
        *,
        scheme: str = "x-app",
        prefix: str = "X-App",
        window_ms: int = DEFAULT_WINDOW_MS,
        now: Callable[[], int] = now_ms,
        handled: Optional[SeenStore] = None,
        nonces: Optional[SeenStore] = None,
        max_body_bytes: int = DEFAULT_MAX_BODY_BYTES,
        on_refused: Callable[[CallbackError], None] = lambda error: None,
    ) -> None:
        self.max_body_bytes = max_body_bytes
        self._secrets = secrets_of(secrets)
        self._on_event = on_event
        self._on_before = on_before or (lambda question: allow())
        self._options: Dict[str, Any] = {
            "scheme": scheme,
            "prefix": prefix,
            "window_ms": window_ms,
            "now": now,
        }
        self._handled: SeenStore = MemorySeenStore(now=now) if handled is None else handled
        self._nonces: SeenStore = MemorySeenStore(now=now) if nonces is None else nonces
        self._nonce_keep_ms = 2 * window_ms
        self._on_refused = on_refused

    def handle(
        self,
        headers: Mapping[str, str],
        raw_body: bytes,
        run_coroutine: Callable[[Any], Any] = asyncio.run,
    ) -> Answer:
        """:param raw_body: the bytes as received, before anything parses them"""
        try:
            return self._receive(headers, raw_body, run_coroutine)
        except CallbackError as error:
            self._on_refused(error)
            return _answer(error.status, {"error": error.code})
        except Exception:
            _log.exception("a callback was not handled")
            return _answer(500, {"error": "failed"})

    def _receive(self, headers: Mapping[str, str], raw_body: bytes, run: Callable[[Any], Any]) -> Answer:
        key = verify(headers, raw_body, self._secrets, **self._options).replay_key
        if key is None:
            return self._handle_request(parse_callbacks(headers, raw_body), run)
        seen = self._nonces.begin(key, self._nonce_keep_ms)
        if seen == "done":
            raise CallbackError("replayed", "the request was received before")
        if seen == "busy":
            return _busy()
        is_handled = False
        try:
            answer = self._handle_request(parse_callbacks(headers, raw_body), run)
            is_handled = answer.status < 300
            return answer
        finally:
            # A failed request may be repeated unchanged.
            (self._nonces.finish if is_handled else self._nonces.abandon)(key)

    def _handle_request(self, request: CallbackRequest, run: Callable[[Any], Any]) -> Answer:
        def call(handler: Callable[[Callback], Any], callback: Callback) -> Any:
            result = handler(callback)
            return run(result) if inspect.iscoroutine(result) else result

        if request.kind == "before":
            return _answer(200, call(self._on_before, request.callbacks[0]))
        begun: Dict[str, Callback] = {}
        try:
            for callback in request.callbacks:
                if callback.callback_id in begun:
                    continue
                seen = self._handled.begin(callback.callback_id, _KEEP_MS)
                if seen == "busy":
                    return _busy()
                if seen == "new":
                    begun[callback.callback_id] = callback
            for callback_id, callback in list(begun.items()):
                call(self._on_event, callback)
                self._handled.finish(callback_id)
                del begun[callback_id]
            return Answer(204)
        finally:
            for callback_id in begun:
                self._handled.abandon(callback_id)


def _busy() -> Answer:
    """The other one may still fail, so this one must not count as delivered."""
    answer = _answer(503, {"error": "busy"})
    return Answer(answer.status, {**answer.headers, "Retry-After": "1"}, answer.body)


def _answer(status: int, body: Any) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(body).encode())
