package imcallback;

import static imcallback.SharedCases.SECRET;
import static imcallback.SharedCases.batch;
import static imcallback.SharedCases.bytes;
import static imcallback.SharedCases.envelope;
import static imcallback.SharedCases.signed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import imcallback.SeenStore.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CallbackReceiverTest {
    private final List<String> handled = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private CallbackReceiver.EventHandler work = callback -> { };
    private final CallbackReceiver receiver = builder().build();

    private CallbackReceiver.Builder builder() {
        return CallbackReceiver.with(SECRET)
            .onEvent(callback -> {
                work.handle(callback);
                handled.add(callback.callbackId());
            })
            .onRefused(error -> refused.add(error.code().text()));
    }

    private int send(String body, Headers headers) {
        return receiver.handle(headers, bytes(body)).status();
    }

    private int send(String body) {
        return send(body, signed(body));
    }

    private int sendBatch(String body) {
        return send(body, signed(body, "X-App-Batch", "2", "X-App-Batch-Id", "b1"));
    }

    @Test
    void handlesEachEventOnceAloneOrInBatches() {
        List<Integer> statuses = List.of(
            send(envelope("c1")), send(envelope("c1")), sendBatch(batch("c1", "c2")), sendBatch(batch("c3", "c3", "c2")));
        assertEquals(List.of(204, 204, 204, 204), statuses);
        assertEquals(List.of("c1", "c2", "c3"), handled);
    }

    @Test
    void refusesTheSameRequestASecondTime() {
        String body = envelope("c1");
        Headers headers = signed(body);
        assertEquals(List.of(204, 401), List.of(send(body, headers), send(body, headers)));
        assertEquals(List.of("replayed"), refused);
    }

    @Test
    void refusesWhatIsWrongAndHandlesNoneOfIt() {
        String body = envelope("c1");
        List<Integer> statuses = List.of(send(body + " ", signed(body)), send(body, name -> null), send("{}"));
        assertEquals(List.of(401, 401, 400), statuses);
        assertEquals(List.of("wrong_signature", "missing_header", "malformed_body"), refused);
        assertEquals(List.of(), handled);
    }

    @Test
    void takesAnEventAgainWhenItsHandlerFailedEvenAsTheSameRequest() {
        String body = envelope("c1");
        Headers headers = signed(body);
        work = callback -> {
            throw new IOException("database away");
        };
        assertEquals(500, send(body, headers));
        work = callback -> { };
        assertEquals(204, send(body, headers));
        assertEquals(List.of("c1"), handled);
    }

    @Test
    void remembersWhatItHandledOfABatchThatFailedLater() {
        work = callback -> {
            if (callback.callbackId().equals("c2")) {
                throw new IOException("database away");
            }
        };
        assertEquals(500, sendBatch(batch("c1", "c2")));
        work = callback -> { };
        assertEquals(204, sendBatch(batch("c1", "c2")));
        assertEquals(List.of("c1", "c2"), handled);
    }

    @Test
    void doesNotCallAnEventDeliveredWhileAnotherRequestStillHandlesIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        work = callback -> {
            started.countDown();
            done.await();
        };
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> send(envelope("c1")));
        started.await();
        assertEquals(503, send(envelope("c1")));
        done.countDown();
        assertEquals(204, first.get());
        assertEquals(204, send(envelope("c1")));
        assertEquals(List.of("c1"), handled);
    }

    @Test
    void answersAlsoWhenAStoreFails() {
        SeenStore away = new SeenStore() {
            @Override
            public Seen begin(String id, Duration keep) {
                return Seen.NEW;
            }

            @Override
            public void finish(String id) {
                throw new IllegalStateException("database away");
            }

            @Override
            public void abandon(String id) {
                throw new IllegalStateException("database away");
            }
        };
        String body = envelope("c1");
        for (CallbackReceiver failing : List.of(builder().nonces(away).build(), builder().handled(away).build())) {
            assertEquals(500, failing.handle(signed(body), bytes(body)).status());
        }
    }

    @Test
    void isNotMadeWithoutASecret() {
        for (String[] secrets : new String[][] {{}, {""}, {SECRET, ""}, {null}}) {
            assertThrows(
                IllegalArgumentException.class,
                () -> CallbackReceiver.with(secrets).onEvent(callback -> { }).build()
            );
        }
    }

    @Test
    void answersAQuestionBeforeAnEvent() {
        assertAnswers(BeforeAnswer.allow(), "{\"decision\":\"allow\"}");
        assertAnswers(BeforeAnswer.deny(5001L, "不行"), "{\"decision\":\"deny\",\"code\":5001,\"reason\":\"不行\"}");
        assertAnswers(
            BeforeAnswer.modify(Map.of("id", 9007199254740993L)),
            "{\"decision\":\"modify\",\"changes\":{\"id\":9007199254740993}}"
        );
        assertEquals(List.of(), handled);
    }

    private void assertAnswers(BeforeAnswer answer, String text) {
        String body = envelope("c1");
        CallbackReceiver.Answer given = builder()
            .onBefore(question -> answer)
            .build()
            .handle(signed(body, "X-App-Kind", "before"), bytes(body));
        assertEquals(200, given.status());
        assertEquals(text, new String(given.body(), StandardCharsets.UTF_8));
    }

    @Test
    void allowsWhereNobodyDecides() {
        String body = envelope("c1");
        byte[] given = receiver.handle(signed(body, "X-App-Kind", "before"), bytes(body)).body();
        assertArrayEquals(bytes("{\"decision\":\"allow\"}"), given);
    }

    @Test
    void forgetsTheOldestAndWhatIsOver() {
        Instant[] now = {Instant.EPOCH};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        SeenStore store = new MemorySeenStore(2, clock);
        Duration second = Duration.ofSeconds(1);
        for (String id : List.of("a", "b", "c")) {
            store.begin(id, second);
            store.finish(id);
        }
        assertEquals(
            List.of(Seen.DONE, Seen.DONE, Seen.NEW),
            List.of(store.begin("b", second), store.begin("c", second), store.begin("a", second))
        );
        now[0] = Instant.EPOCH.plus(second);
        assertEquals(Seen.NEW, store.begin("c", second));
    }
}
