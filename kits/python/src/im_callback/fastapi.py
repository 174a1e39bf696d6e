"""Receives callbacks in FastAPI, or Starlette."""
from __future__ import annotations

from typing import Any, Awaitable, Callable

from anyio import from_thread
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from .receiver import Receiver


def fastapi_callbacks(receiver: Receiver) -> Callable[[Request], Awaitable[Response]]:
    """A route: ``app.post("/callback")(fastapi_callbacks(receiver))``.

    Handlers that are coroutine functions run in the server's loop, others in a thread.
    """

    async def callbacks(request: Request) -> Response:
        chunks = []
        length = 0
        # The bytes: request.json() would parse them.
        async for chunk in request.stream():
            length += len(chunk)
            if length > receiver.max_body_bytes:
                return Response(status_code=413)
            chunks.append(chunk)
        answer = await run_in_threadpool(
            receiver.handle, dict(request.headers), b"".join(chunks), _run_in_loop
        )
        return Response(answer.body, answer.status, answer.headers)

    # FastAPI reads the annotations, which are texts here.
    callbacks.__annotations__ = {"request": Request, "return": Response}
    return callbacks


def _run_in_loop(coroutine: Any) -> Any:
    async def result() -> Any:
        return await coroutine

    return from_thread.run(result)
