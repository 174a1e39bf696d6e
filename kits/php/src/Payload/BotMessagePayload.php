<?php
// Written by `pnpm kits` from the contracts: do not edit.
declare(strict_types=1);

namespace ImCallback\Payload;

final class BotMessagePayload
{
    private const FIELDS = ['botId', 'message', 'isMentioned', 'replyText', 'sessionId', 'extra'];

    public function __construct(
        /** The id of the bot that got the message. */
        public readonly string $botId,
        /** The message the bot got; its fields are those of ImMessage. */
        public readonly ImMessage $message,
        /** Whether the message mentions the bot. */
        public readonly bool $isMentioned,
        /** The text of the message that this one replies to. */
        public readonly ?string $replyText = null,
        /** The id of the session, the context, with the bot. */
        public readonly ?string $sessionId = null,
        /** Additional data, any JSON, delivered as it is. */
        public readonly mixed $extra = null,
        /** The fields that a newer service adds. */
        public readonly array $other = [],
    ) {
    }

    /** @throws \TypeError when a field is missing or has another type */
    public static function of(array $data): self
    {
        return new self(
            $data['botId'] ?? null,
            ImMessage::of($data['message'] ?? []),
            $data['isMentioned'] ?? null,
            $data['replyText'] ?? null,
            $data['sessionId'] ?? null,
            $data['extra'] ?? null,
            array_diff_key($data, array_flip(self::FIELDS)),
        );
    }
}
