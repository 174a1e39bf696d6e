"""Answers each question on stdin by the Python sample: python vectors.py <directory of the sample>"""
import base64
import sys

sys.path.insert(0, sys.argv[1])
from signature import is_genuine, sign  # noqa: E402

for line in sys.stdin:
    fields = [base64.b64decode(field[1:]) for field in line.rstrip("\n").split(" ")]
    secret, app_key, timestamp, nonce = (field.decode() for field in fields[:4])
    body, header, signature, now_ms = fields[4], *(field.decode() for field in fields[5:])
    headers = {
        "x-app-key": app_key,
        "x-app-timestamp": timestamp,
        "x-app-nonce": nonce,
        header.lower(): signature,
    }
    is_accepted = is_genuine(secret, headers, body, int(now_ms))
    print(sign(secret, app_key, timestamp, nonce, body), str(is_accepted).lower())
