"""Makes the answers to a question before an event."""
from __future__ import annotations

from typing import Any, Dict, Mapping, Optional


def allow() -> Dict[str, Any]:
    return {"decision": "allow"}


def deny(*, code: Optional[int] = None, reason: Optional[str] = None) -> Dict[str, Any]:
    """:param code: for the IM server; each has its own range of codes
    :param reason: for people, at most 500 characters
    """
    return {"decision": "deny", **_explanation(code, reason)}


def modify(
    changes: Mapping[str, Any], *, code: Optional[int] = None, reason: Optional[str] = None
) -> Dict[str, Any]:
    """:param changes: new values by the field names of the event's data"""
    return {"decision": "modify", **_explanation(code, reason), "changes": dict(changes)}


def _explanation(code: Optional[int], reason: Optional[str]) -> Dict[str, Any]:
    given = {"code": code, "reason": reason}
    return {name: value for name, value in given.items() if value is not None}
