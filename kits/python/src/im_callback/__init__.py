"""Receives the callbacks of IM Callback Console: verifies, parses, drops duplicates, answers.

Frameworks have their own modules: ``im_callback.flask``, ``im_callback.fastapi``. Types of the events' data are in
``im_callback.payloads``.
"""
from .before_answer import allow, deny, modify
from .errors import CallbackError
from .parse import Callback, CallbackRequest, parse_callbacks
from .receiver import Answer, Receiver
from .seen_store import MemorySeenStore, SeenStore
from .verify import Verified, sign_request, verify

__all__ = [
    "Answer",
    "Callback",
    "CallbackError",
    "CallbackRequest",
    "MemorySeenStore",
    "Receiver",
    "SeenStore",
    "Verified",
    "allow",
    "deny",
    "modify",
    "parse_callbacks",
    "sign_request",
    "verify",
]
