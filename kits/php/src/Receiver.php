<?php
declare(strict_types=1);

namespace ImCallback;

/** Receives requests: verifies, parses, drops duplicates, calls the handlers, answers. Knows no framework. */
final class Receiver
{
    /** A batch has at most 100 events of 256 KiB. */
    public const DEFAULT_MAX_BODY_BYTES = 32 * 1_048_576;

    /** Longer than a redelivery is likely to come. */
    private const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

    /** @var \Closure(Callback): BeforeAnswer */
    private readonly \Closure $onBefore;

    /**
     * @param \Closure(Callback): void $onEvent called once for each event; what takes longer than the webhook's timeout
     *   belongs in your own queue. When it throws, the answer is 500 and the event is retried.
     * @param SeenStore $handled by callbackId. PHP forgets everything after a request, so it is no memory.
     * @param SeenStore $nonces by nonce, so that no request is accepted twice
     * @param ?\Closure(Callback): BeforeAnswer $onBefore decides before an event happens; null allows everything
     * @param ?\Closure(CallbackError): void $onRefused told of requests that are refused
     * @param int $maxBodyBytes of a request; a larger one is answered with 413
     */
    public function __construct(
        private readonly Verifier $verifier,
        private readonly \Closure $onEvent,
        private readonly SeenStore $handled,
        private readonly SeenStore $nonces,
        ?\Closure $onBefore = null,
        private readonly ?\Closure $onRefused = null,
        private readonly int $maxBodyBytes = self::DEFAULT_MAX_BODY_BYTES,
    ) {
        $this->onBefore = $onBefore ?? BeforeAnswer::allow(...);
    }

    /** Receives the request that PHP serves at this moment, and answers it. */
    public function serve(): void
    {
        // The bytes: $_POST would have parsed them. One byte more than allowed shows that there are too many.
        $rawBody = (string) file_get_contents('php://input', length: $this->maxBodyBytes + 1);
        $answer = $this->handle(getallheaders(), $rawBody);
        http_response_code($answer->status);
        foreach ($answer->headers as $name => $value) {
            header("$name: $value");
        }
        echo $answer->body;
    }

    /**
     * @param array<string, string|string[]> $headers
     * @param string $rawBody the bytes as received, before anything parses them
     */
    public function handle(array $headers, string $rawBody): Answer
    {
        if (strlen($rawBody) > $this->maxBodyBytes) {
            return new Answer(413);
        }
        try {
            $key = $this->verifier->verify($headers, $rawBody)->replayKey;
            return $key === null
                ? $this->handleRequest(CallbackRequest::parse($headers, $rawBody))
                : $this->handleOnce($key, $headers, $rawBody);
        } catch (CallbackError $error) {
            if ($this->onRefused !== null) {
                ($this->onRefused)($error);
            }
            return Answer::json($error->status(), ['error' => $error->reason]);
        } catch (\Throwable $error) {
            error_log("a callback was not handled: $error");
            return Answer::json(500, ['error' => 'failed']);
        }
    }

    private function handleOnce(string $key, array $headers, string $rawBody): Answer
    {
        $seen = $this->nonces->begin($key, 2 * $this->verifier->windowMs);
        if ($seen === Seen::Done) {
            throw new CallbackError(CallbackError::REPLAYED, 'the request was received before');
        }
        if ($seen === Seen::Busy) {
            return self::busy();
        }
        $isHandled = false;
        try {
            $answer = $this->handleRequest(CallbackRequest::parse($headers, $rawBody));
            $isHandled = $answer->status < 300;
            return $answer;
        } finally {
            // A failed request may be repeated unchanged.
            $isHandled ? $this->nonces->finish($key) : $this->nonces->abandon($key);
        }
    }

    private function handleRequest(CallbackRequest $request): Answer
    {
        if ($request->kind === 'before') {
            return Answer::json(200, ($this->onBefore)($request->callbacks[0]));
        }
        /** @var Callback[] $begun */
        $begun = [];
        try {
            foreach ($request->callbacks as $callback) {
                $key = "id:$callback->callbackId";
                $seen = isset($begun[$key]) ? Seen::Done : $this->handled->begin($callback->callbackId, self::KEEP_MS);
                if ($seen === Seen::Busy) {
                    return self::busy();
                }
                if ($seen === Seen::New) {
                    $begun[$key] = $callback;
                }
            }
            foreach ($begun as $key => $callback) {
                ($this->onEvent)($callback);
                $this->handled->finish($callback->callbackId);
                unset($begun[$key]);
            }
            return new Answer(204);
        } finally {
            foreach ($begun as $callback) {
                $this->handled->abandon($callback->callbackId);
            }
        }
    }

    /** The other one may still fail, so this one must not count as delivered. */
    private static function busy(): Answer
    {
        return Answer::json(503, ['error' => 'busy'], ['Retry-After' => '1']);
    }
}
