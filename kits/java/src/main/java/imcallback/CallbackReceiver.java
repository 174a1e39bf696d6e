package imcallback;

import imcallback.CallbackException.Code;
import imcallback.SeenStore.Seen;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Receives requests: verifies, parses, drops duplicates, calls the handlers, answers. Knows no framework. */
public final class CallbackReceiver {
    /** A batch has at most 100 events of 256 KiB. */
    public static final int DEFAULT_MAX_BODY_BYTES = 32 * 1_048_576;

    /** Longer than a redelivery is likely to come. */
    private static final Duration KEEP = Duration.ofDays(7);

    private static final System.Logger LOG = System.getLogger(CallbackReceiver.class.getName());

    private final Verifier verifier;
    private final Handler<Void> onEvent;
    private final Handler<BeforeAnswer> onBefore;
    private final SeenStore handled;
    private final SeenStore nonces;
    private final int maxBodyBytes;
    private final Consumer<CallbackException> onRefused;

    private CallbackReceiver(Builder builder) {
        verifier = new Verifier(builder.secrets, builder.scheme, builder.prefix, builder.window, builder.clock);
        onEvent = builder.onEvent;
        onBefore = builder.onBefore;
        handled = builder.handled == null ? new MemorySeenStore(100_000, builder.clock) : builder.handled;
        nonces = builder.nonces == null ? new MemorySeenStore(100_000, builder.clock) : builder.nonces;
        maxBodyBytes = builder.maxBodyBytes;
        onRefused = builder.onRefused;
    }

    /** Handles an event, or answers a question. */
    @FunctionalInterface
    public interface Handler<T> {
        T handle(Callback callback) throws Exception;
    }

    /** Handles an event. */
    @FunctionalInterface
    public interface EventHandler {
        void handle(Callback callback) throws Exception;
    }

    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** @param secrets the secret, or both while it is rotated: the old and the new one, in any order */
    public static Builder with(String... secrets) {
        return new Builder(java.util.Arrays.asList(secrets));
    }

    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** @param rawBody the bytes as received, before anything parses them */
    public Answer handle(Headers headers, byte[] rawBody) {
        try {
            return receive(headers, rawBody);
        } catch (CallbackException refused) {
            onRefused.accept(refused);
            return answer(refused.status(), Map.of("error", refused.code().text()), Map.of());
        } catch (RuntimeException error) {
            LOG.log(Level.ERROR, "a callback was not handled", error instanceof Failure ? error.getCause() : error);
            return answer(500, Map.of("error", "failed"), Map.of());
        }
    }

    /** Of a handler or a store, which may throw a CallbackException of its own. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(Exception cause) {
            super(cause);
        }
    }

    private Answer receive(Headers headers, byte[] rawBody) {
        String key = verifier.verify(headers, rawBody).replayKey();
        if (key == null) {
            return handleRequest(CallbackRequest.parse(headers, rawBody));
        }
        Seen seen = attempt(() -> nonces.begin(key, verifier.window().multipliedBy(2)));
        if (seen == Seen.DONE) {
            throw new CallbackException(Code.REPLAYED, "the request was received before");
        }
        if (seen == Seen.BUSY) {
            return busy();
        }
        boolean isHandled = false;
        try {
            Answer answer = handleRequest(CallbackRequest.parse(headers, rawBody));
            isHandled = answer.status() < 300;
            return answer;
        } finally {
            // A failed request may be repeated unchanged.
            if (isHandled) {
                nonces.finish(key);
            } else {
                nonces.abandon(key);
            }
        }
    }

    private Answer handleRequest(CallbackRequest request) {
        if (request.kind().equals("before")) {
            Callback question = request.callbacks().get(0);
            return attempt(() -> answer(200, onBefore.handle(question).toMap(), Map.of()));
        }
        Map<String, Callback> begun = new LinkedHashMap<>();
        try {
            for (Callback callback : request.callbacks()) {
                String id = callback.callbackId();
                Seen seen = begun.containsKey(id) ? Seen.DONE : attempt(() -> handled.begin(id, KEEP));
                if (seen == Seen.BUSY) {
                    return busy();
                }
                if (seen == Seen.NEW) {
                    begun.put(id, callback);
                }
            }
            for (Callback callback : List.copyOf(begun.values())) {
                attempt(() -> {
                    onEvent.handle(callback);
                    handled.finish(callback.callbackId());
                    return begun.remove(callback.callbackId());
                });
            }
            return new Answer(204, Map.of(), new byte[0]);
        } finally {
            begun.keySet().forEach(handled::abandon);
        }
    }

    private static <T> T attempt(java.util.concurrent.Callable<T> work) {
        try {
            return work.call();
        } catch (Exception error) {
            throw new Failure(error);
        }
    }

    /** The other one may still fail, so this one must not count as delivered. */
    private static Answer busy() {
        return answer(503, Map.of("error", "busy"), Map.of("Retry-After", "1"));
    }

    private static Answer answer(int status, Map<String, ?> body, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "application/json");
        return new Answer(status, headers, Json.print(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Says what a receiver does; {@link #build} makes it. */
    public static final class Builder {
        private final List<String> secrets;
        private Scheme scheme = Scheme.X_APP;
        private String prefix = "X-App";
        private Duration window = Verifier.DEFAULT_WINDOW;
        private Clock clock = Clock.systemUTC();
        private Handler<Void> onEvent;
        private Handler<BeforeAnswer> onBefore = question -> BeforeAnswer.allow();
        private SeenStore handled;
        private SeenStore nonces;
        private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
        private Consumer<CallbackException> onRefused = refused -> { };

        private Builder(List<String> secrets) {
            this.secrets = secrets;
        }

        /**
         * Called once for each event. What takes longer than the webhook's timeout belongs in your own queue. When it
         * throws, the answer is 500 and the event is retried.
         */
        public Builder onEvent(EventHandler handler) {
            onEvent = callback -> {
                handler.handle(callback);
                return null;
            };
            return this;
        }

        /** Decides before an event happens. By default everything is allowed. */
        public Builder onBefore(Handler<BeforeAnswer> handler) {
            onBefore = handler;
            return this;
        }

        public Builder scheme(Scheme chosen) {
            scheme = chosen;
            return this;
        }

        /** How the headers of {@link Scheme#BODY_HMAC} begin. */
        public Builder prefix(String chosen) {
            prefix = chosen;
            return this;
        }

        public Builder window(Duration chosen) {
            window = chosen;
            return this;
        }

        public Builder clock(Clock chosen) {
            clock = chosen;
            return this;
        }

        /** By callbackId; in memory by default. */
        public Builder handled(SeenStore store) {
            handled = store;
            return this;
        }

        /** By nonce, so that no request is accepted twice; in memory by default. */
        public Builder nonces(SeenStore store) {
            nonces = store;
            return this;
        }

        public Builder maxBodyBytes(int chosen) {
            maxBodyBytes = chosen;
            return this;
        }

        /** Told of requests that are refused. */
        public Builder onRefused(Consumer<CallbackException> listener) {
            onRefused = listener;
            return this;
        }

        /** @throws IllegalArgumentException without a secret or onEvent */
        public CallbackReceiver build() {
            if (onEvent == null) {
                throw new IllegalArgumentException("there is no onEvent");
            }
            return new CallbackReceiver(this);
        }
    }
}
