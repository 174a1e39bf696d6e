import base64
import json
import typing

import pytest
from requests_of_tests import CASES, CATALOGUE

from im_callback import CallbackError, parse_callbacks, payloads, sign_request, verify


def outcome(work):
    try:
        work()
        return "ok"
    except CallbackError as error:
        return error.code


def body_of(case):
    """The one case without a body means 256 KiB of the letter x."""
    text = case["bodyBase64"]
    return b"x" * 262_144 if text is None else base64.b64decode(text)


@pytest.mark.parametrize("case", CASES["verify"], ids=lambda case: case["name"])
def test_accepts_what_is_genuine_and_says_why_not(case):
    def check():
        verify(
            case["headers"],
            body_of(case),
            case["secrets"],
            scheme=case["scheme"],
            prefix=case["prefix"],
            now=lambda: case["nowMs"],
        )

    assert outcome(check) == case["expected"]


@pytest.mark.parametrize("secrets", ["", [], [""], ["a", ""], None])
def test_has_no_opinion_without_a_secret(secrets):
    with pytest.raises(ValueError):
        verify({}, b"", secrets)


def test_takes_another_window():
    case = CASES["verify"][0]

    def check(late_ms):
        return outcome(
            lambda: verify(
                case["headers"],
                body_of(case),
                case["secrets"],
                window_ms=1_000,
                now=lambda: case["nowMs"] + late_ms,
            )
        )

    assert [check(1_000), check(1_001)] == ["ok", "outside_window"]


def test_signs_as_the_vectors_say():
    case = CASES["sign"]
    body = case["body"].encode()
    headers = sign_request(
        body,
        app_key=case["appKey"],
        app_secret=case["secret"],
        timestamp_ms=int(case["timestamp"]),
        nonce=case["nonce"],
    )
    assert headers["X-App-Signature"] == case["signature"]
    with pytest.raises(ValueError):
        sign_request(body, app_key=case["appKey"], app_secret="")


@pytest.mark.parametrize("case", CASES["parse"], ids=lambda case: case["name"])
def test_reads_every_format(case):
    expected = case["expected"]
    body = case["body"].encode()
    if expected is None:
        assert outcome(lambda: parse_callbacks(case["headers"], body)) == "malformed_body"
        return
    request = parse_callbacks(case["headers"], body)
    assert (request.kind, request.format, request.attempt, request.batch_id) == (
        expected["kind"],
        expected["format"],
        expected["attempt"],
        expected["batchId"],
    )
    assert [
        {
            "callbackId": callback.callback_id,
            "event": callback.event,
            "timestamp": callback.timestamp,
            "appKey": callback.app_key,
            "webhookId": callback.webhook_id,
            "deliveryId": callback.delivery_id,
            "dataText": callback.data,
        }
        for callback in request.callbacks
    ] == [
        {**callback, "dataText": json.loads(callback["dataText"])} for callback in expected["callbacks"]
    ]
    assert request.callbacks[0].data["big"] == 9007199254740993


def test_takes_anything_as_raw():
    headers = {"X-App-Format": "raw", "X-App-Callback-Id": "c1", "X-App-Event": "openim.x"}
    callback = parse_callbacks(headers, b"\xff").callbacks[0]
    assert (callback.data, callback.raw_body) == (None, b"\xff")
    assert outcome(lambda: parse_callbacks({}, b'"\xff"')) == "malformed_body"


@pytest.mark.parametrize("event", CATALOGUE["events"], ids=lambda event: event["event"])
def test_describes_the_example_of_every_event(event):
    fields = typing.get_type_hints(payloads.EVENT_PAYLOADS[event["event"]])
    assert set(event["example"]) <= set(fields)
