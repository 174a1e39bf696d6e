import json
import threading

import pytest
from requests_of_tests import SECRET, batch, envelope, signed

from im_callback import MemorySeenStore, Receiver, allow, deny, modify


class Handling:
    """What a receiver did."""

    def __init__(self, **options):
        self.handled = []
        self.refused = []
        self.work = lambda callback: None
        self.receiver = Receiver(
            SECRET, self.on_event, on_refused=lambda error: self.refused.append(error.code), **options
        )

    def on_event(self, callback):
        self.work(callback)
        self.handled.append(callback.callback_id)

    def send(self, body, headers=None):
        return self.receiver.handle(signed(body) if headers is None else headers, body).status

    def send_batch(self, body):
        return self.send(body, signed(body, batch="2", batch_id="b1"))


def away(callback):
    raise OSError("database away")


def test_handles_each_event_once_alone_or_in_batches():
    handling = Handling()
    statuses = [handling.send(envelope("c1")), handling.send(envelope("c1"))]
    statuses += [handling.send_batch(batch("c1", "c2")), handling.send_batch(batch("c3", "c3", "c2"))]
    assert statuses == [204] * 4
    assert handling.handled == ["c1", "c2", "c3"]


def test_refuses_the_same_request_a_second_time():
    handling = Handling()
    body = envelope("c1")
    headers = signed(body)
    assert [handling.send(body, headers), handling.send(body, headers)] == [204, 401]
    assert handling.refused == ["replayed"]


def test_refuses_what_is_wrong_and_handles_none_of_it():
    handling = Handling()
    body = envelope("c1")
    assert [handling.send(body + b" ", signed(body)), handling.send(body, {}), handling.send(b"{}")] == [
        401,
        401,
        400,
    ]
    assert handling.refused == ["wrong_signature", "missing_header", "malformed_body"]
    assert handling.handled == []


def test_takes_an_event_again_when_its_handler_failed_even_as_the_same_request():
    handling = Handling()
    body = envelope("c1")
    headers = signed(body)
    handling.work = away
    assert handling.send(body, headers) == 500
    handling.work = lambda callback: None
    assert handling.send(body, headers) == 204
    assert handling.handled == ["c1"]


def test_remembers_what_it_handled_of_a_batch_that_failed_later():
    handling = Handling()
    handling.work = lambda callback: away(callback) if callback.callback_id == "c2" else None
    assert handling.send_batch(batch("c1", "c2")) == 500
    handling.work = lambda callback: None
    assert handling.send_batch(batch("c1", "c2")) == 204
    assert handling.handled == ["c1", "c2"]


def test_does_not_call_an_event_delivered_while_another_request_still_handles_it():
    handling = Handling()
    started, done = threading.Event(), threading.Event()

    def wait(callback):
        started.set()
        assert done.wait(30)

    handling.work = wait
    statuses = []
    first = threading.Thread(target=lambda: statuses.append(handling.send(envelope("c1"))))
    first.start()
    assert started.wait(30)
    assert handling.send(envelope("c1")) == 503
    done.set()
    first.join()
    assert statuses == [204]
    assert handling.send(envelope("c1")) == 204
    assert handling.handled == ["c1"]


@pytest.mark.parametrize("secrets", ["", [], [SECRET, ""]])
def test_is_not_made_without_a_secret(secrets):
    with pytest.raises(ValueError):
        Receiver(secrets, lambda callback: None)


@pytest.mark.parametrize(
    "answer",
    [allow(), deny(code=5001, reason="不行"), modify({"id": 9007199254740993}, reason="mild")],
    ids=lambda answer: answer["decision"],
)
def test_answers_a_question_before_an_event(answer):
    handling = Handling(on_before=lambda question: answer)
    body = envelope("c1")
    given = handling.receiver.handle(signed(body, kind="before"), body)
    assert (given.status, json.loads(given.body)) == (200, answer)
    assert handling.handled == []


def test_allows_where_nobody_decides():
    body = envelope("c1")
    given = Handling().receiver.handle(signed(body, kind="before"), body)
    assert json.loads(given.body) == {"decision": "allow"}


def test_forgets_the_oldest_and_what_is_over():
    clock = [0]
    store = MemorySeenStore(2, lambda: clock[0])
    for key in "abc":
        store.begin(key, 100)
        store.finish(key)
    assert [store.begin(key, 100) for key in "bca"] == ["done", "done", "new"]
    clock[0] = 100
    assert store.begin("c", 100) == "new"
