"""Receives callbacks in Flask."""
from __future__ import annotations

from typing import Callable, Optional

from flask import Response, request

from .receiver import Receiver


def flask_callbacks(receiver: Receiver) -> Callable[[], Response]:
    """A view: ``app.post("/callback")(flask_callbacks(receiver))``."""

    def callbacks() -> Response:
        raw_body = _read_body(receiver.max_body_bytes)
        if raw_body is None:
            return Response(status=413)
        answer = receiver.handle(dict(request.headers), raw_body)
        return Response(answer.body, answer.status, answer.headers)

    return callbacks


def _read_body(max_bytes: int) -> Optional[bytes]:
    """The bytes: request.json would parse them. None: there are more than ``max_bytes``."""
    body = bytearray()
    while len(body) <= max_bytes:
        chunk = request.stream.read(65_536)
        if not chunk:
            return bytes(body)
        body += chunk
    return None
