<?php
declare(strict_types=1);

namespace ImCallback;

/** A request and what it carries. */
final class CallbackRequest
{
    public function __construct(
        /** event, test, redelivery, or before for a question. */
        public readonly string $kind,
        public readonly string $format,
        /** From 1. */
        public readonly int $attempt,
        /** Null: it is no batch. */
        public readonly ?string $batchId,
        /** @var Callback[] in order; exactly one unless it is a batch */
        public readonly array $callbacks,
    ) {
    }

    /**
     * @param array<string, string|string[]> $headers
     * @throws CallbackError (MALFORMED_BODY) when it cannot be read
     */
    public static function parse(array $headers, string $rawBody): self
    {
        $read = new Headers($headers);
        $format = $read->get('X-App-Format') ?: 'im';
        $isBatch = $read->get('X-App-Batch') !== '';
        $body = self::bodyOf($rawBody, $format);
        $entries = $isBatch ? self::entriesOf($body) : [$body];
        $attempt = $read->get('X-App-Attempt');
        return new self(
            $read->get('X-App-Kind') ?: 'event',
            $format,
            ctype_digit($attempt) ? (int) $attempt : 1,
            $isBatch ? $read->get('X-App-Batch-Id') : null,
            array_map(static fn (mixed $entry) => self::read($format, $read, $entry, $rawBody), $entries),
        );
    }

    private static function read(string $format, Headers $headers, mixed $entry, string $rawBody): Callback
    {
        $names = [
            'callbackId' => $headers->get('X-App-Callback-Id'),
            'deliveryId' => $headers->get('X-App-Delivery-Id'),
        ];
        if ($format === 'raw') {
            $fields = $names + ['event' => $headers->get('X-App-Event'), 'data' => $entry];
            return self::callback($headers, $fields, $rawBody);
        }
        $entry = self::fieldsOf($entry);
        return self::callback($headers, match ($format) {
            'im' => $entry,
            'standard-webhooks' => [
                'callbackId' => $entry['id'] ?? $names['callbackId'],
                'event' => $entry['type'] ?? null,
                'deliveryId' => $names['deliveryId'],
            ] + $entry,
            'cloudevents' => [
                'callbackId' => $entry['id'] ?? null,
                'event' => $entry['type'] ?? null,
                'timestamp' => $entry['time'] ?? null,
                'appKey' => $entry['appkey'] ?? null,
                'webhookId' => $entry['webhookid'] ?? null,
                'deliveryId' => $entry['deliveryid'] ?? null,
                'data' => $entry['data'] ?? null,
            ],
            'flat' => [
                // An entry of a batch names no callbackId; its delivery's id is the same in every retry.
                'callbackId' => $names['callbackId'] ?: $entry['delivery_id'] ?? null,
                'webhookId' => $entry['webhook_id'] ?? null,
                'deliveryId' => $entry['delivery_id'] ?? null,
            ] + $entry,
            default => throw self::malformed("the format $format is not known"),
        });
    }

    private static function callback(Headers $headers, array $fields, ?string $rawBody = null): Callback
    {
        $text = static fn (string $name) => is_string($fields[$name] ?? null) && $fields[$name] !== ''
            ? $fields[$name]
            : null;
        return new Callback(
            $text('callbackId') ?? throw self::malformed('there is no callbackId'),
            $text('event') ?? throw self::malformed('there is no event'),
            $text('timestamp'),
            $text('appKey') ?? $headers->get('X-App-Key'),
            $text('webhookId') ?? $headers->get('X-App-Webhook-Id'),
            $text('deliveryId'),
            $fields['data'] ?? null,
            $rawBody,
        );
    }

    private static function bodyOf(string $rawBody, string $format): mixed
    {
        try {
            return json_decode($rawBody, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            // An IM server may send anything; its bytes are kept beside it.
            return $format === 'raw' ? null : throw self::malformed('the body is not JSON');
        }
    }

    private static function entriesOf(mixed $body): array
    {
        $entries = is_array($body) && !array_is_list($body) ? $body['events'] ?? null : $body;
        // An empty one may be an object: PHP has one type for both, and no batch is empty.
        if (!is_array($entries) || !array_is_list($entries) || $entries === []) {
            throw self::malformed('the batch has no list of events');
        }
        return $entries;
    }

    private static function fieldsOf(mixed $value): array
    {
        return is_array($value) ? $value : throw self::malformed('it is no object');
    }

    private static function malformed(string $message): CallbackError
    {
        return new CallbackError(CallbackError::MALFORMED_BODY, $message);
    }
}
