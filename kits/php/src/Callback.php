<?php
declare(strict_types=1);

namespace ImCallback;

use ImCallback\Payload\Payloads;

/** An event for a webhook. */
final class Callback
{
    public function __construct(
        /** The same in every retry and redelivery: drop duplicates by it. */
        public readonly string $callbackId,
        public readonly string $event,
        /** When the event happened, ISO 8601 UTC; null where the format does not say (raw). */
        public readonly ?string $timestamp,
        public readonly string $appKey,
        public readonly string $webhookId,
        /** New in a redelivery; null where the format does not say. */
        public readonly ?string $deliveryId,
        /**
         * The parsed JSON; objects are arrays by field name, whole numbers beyond 2^63 are text. Null: not JSON, which
         * only raw can be.
         */
        public readonly mixed $data,
        /** The bytes of a request of format raw; null: another format. */
        public readonly ?string $rawBody = null,
    ) {
    }

    /**
     * The data of a built-in event, such as Payload\ImMessage; null for any other event.
     *
     * @throws \TypeError when a field is missing or has another type
     */
    public function payload(): ?object
    {
        return is_array($this->data) ? Payloads::of($this->event, $this->data) : null;
    }
}
