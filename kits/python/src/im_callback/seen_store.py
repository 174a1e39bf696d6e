"""Remembers what was handled, so that nothing is handled twice."""
from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Callable, Protocol, Tuple

from .verify import now_ms


class SeenStore(Protocol):
    """Implement it on a database or Redis where several processes receive, or a restart must not forget."""

    def begin(self, key: str, keep_ms: int) -> str:
        """Takes an id, atomically, and returns ``new``, ``busy`` (another request is handling it) or ``done``.

        An id that stays ``busy`` because its process died should become free again after some minutes.
        """

    def finish(self, key: str) -> None:
        """It was handled."""

    def abandon(self, key: str) -> None:
        """It was not handled: the next one to come is new."""


class MemorySeenStore:
    """In memory, for one process; beyond ``max_ids`` the oldest are forgotten."""

    def __init__(self, max_ids: int = 100_000, now: Callable[[], int] = now_ms) -> None:
        self._max_ids = max_ids
        self._now = now
        self._lock = threading.Lock()
        self._entries: "OrderedDict[str, Tuple[bool, int]]" = OrderedDict()

    def begin(self, key: str, keep_ms: int) -> str:
        with self._lock:
            is_done, until_ms = self._entries.get(key, (False, -1))
            if until_ms > self._now():
                return "done" if is_done else "busy"
            self._entries.pop(key, None)
            self._entries[key] = (False, self._now() + keep_ms)
            while len(self._entries) > self._max_ids:
                self._entries.popitem(last=False)
            return "new"

    def finish(self, key: str) -> None:
        with self._lock:
            if key in self._entries:
                self._entries[key] = (True, self._entries[key][1])

    def abandon(self, key: str) -> None:
        with self._lock:
            self._entries.pop(key, None)
