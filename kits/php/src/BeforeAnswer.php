<?php
declare(strict_types=1);

namespace ImCallback;

/** Answers a question before an event. */
final class BeforeAnswer implements \JsonSerializable
{
    private function __construct(private readonly array $fields)
    {
    }

    public static function allow(): self
    {
        return new self(['decision' => 'allow']);
    }

    /**
     * @param ?int $code for the IM server; each has its own range of codes
     * @param ?string $reason for people, at most 500 characters
     */
    public static function deny(?int $code = null, ?string $reason = null): self
    {
        return new self(array_filter(
            ['decision' => 'deny', 'code' => $code, 'reason' => $reason],
            static fn (mixed $value) => $value !== null,
        ));
    }

    /** @param array<string, mixed> $changes new values by the field names of the event's data */
    public static function modify(array $changes): self
    {
        return new self(['decision' => 'modify', 'changes' => (object) $changes]);
    }

    public function jsonSerialize(): array
    {
        return $this->fields;
    }
}
