import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from flask import Flask
from requests_of_tests import SECRET, envelope, signed

from im_callback import Receiver
from im_callback.fastapi import fastapi_callbacks
from im_callback.flask import flask_callbacks


def in_flask(receiver):
    app = Flask(__name__)
    app.post("/callback")(flask_callbacks(receiver))
    client = app.test_client()
    return lambda body, headers: client.post("/callback", data=body, headers=headers).status_code


def in_fastapi(receiver):
    app = FastAPI()
    app.post("/callback")(fastapi_callbacks(receiver))
    client = TestClient(app)
    return lambda body, headers: client.post("/callback", content=body, headers=headers).status_code


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("framework", [in_flask, in_fastapi])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_gets_the_bytes_whatever_their_type(framework, kind, is_async):
    ids = []

    async def on_event_async(callback):
        ids.append(callback.callback_id)

    def on_event(callback):
        ids.append(callback.callback_id)

    receiver = Receiver(SECRET, on_event_async if is_async else on_event, max_body_bytes=1_000)
    post = framework(receiver)
    body = b" " + envelope("c1") + b"\n"
    headers = {"Content-Type": kind}
    large = b" " * 1_001
    assert post(body, {**signed(body), **headers}) == 204
    assert post(body + b" ", {**signed(body), **headers}) == 401
    assert post(large, {**signed(large), **headers}) == 413
    assert ids == ["c1"]
