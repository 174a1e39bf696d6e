"""Answers each question on stdin by the Python sample: python vectors.py <directory of the sample>"""
import base64
import sys

sys.path.insert(0, sys.argv[1])
from signature import is_genuine, sign  # noqa: E402


def text_of(field):
    """None for an absent header."""
    return None if field is None else field.decode()


for line in sys.stdin:
    encoded = line.rstrip("\n").split(" ")
    fields = [None if field == "~" else base64.b64decode(field[1:]) for field in encoded]
    secret, app_key, timestamp, nonce = (text_of(field) for field in fields[:4])
    body, header, signature, now_ms = fields[4], *(text_of(field) for field in fields[5:])
    given = {
        "x-app-key": app_key,
        "x-app-timestamp": timestamp,
        "x-app-nonce": nonce,
        header.lower(): signature,
    }
    headers = {name: value for name, value in given.items() if value is not None}
    is_accepted = is_genuine(secret, headers, body, int(now_ms))
    try:
        signed = sign(secret, app_key or "", timestamp or "", nonce or "", body)
    except ValueError:
        signed = "refused"
    print(signed, str(is_accepted).lower())
