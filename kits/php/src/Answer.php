<?php
declare(strict_types=1);

namespace ImCallback;

/** What to answer. */
final class Answer
{
    /** @param array<string, string> $headers */
    public function __construct(
        public readonly int $status,
        public readonly array $headers = [],
        public readonly string $body = '',
    ) {
    }

    public static function json(int $status, mixed $body, array $headers = []): self
    {
        $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;
        return new self($status, ['Content-Type' => 'application/json'] + $headers, json_encode($body, $flags));
    }
}
