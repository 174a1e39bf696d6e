<?php
declare(strict_types=1);

namespace ImCallback;

/** In memory, for a process that serves many requests; beyond $maxIds the oldest are forgotten. */
final class MemorySeenStore implements SeenStore
{
    /** @var array<string, array{isDone: bool, untilMs: int}> */
    private array $entries = [];

    /** @var \Closure(): int */
    private readonly \Closure $now;

    /** @param ?\Closure(): int $now the clock, in milliseconds */
    public function __construct(private readonly int $maxIds = 100_000, ?\Closure $now = null)
    {
        $this->now = $now ?? Signer::nowMs(...);
    }

    public function begin(string $id, int $keepMs): Seen
    {
        // With a mark, since PHP makes a number of a key that looks like one.
        $key = "id:$id";
        $entry = $this->entries[$key] ?? null;
        if ($entry !== null && $entry['untilMs'] > ($this->now)()) {
            return $entry['isDone'] ? Seen::Done : Seen::Busy;
        }
        unset($this->entries[$key]);
        $this->entries[$key] = ['isDone' => false, 'untilMs' => ($this->now)() + $keepMs];
        while (count($this->entries) > $this->maxIds) {
            unset($this->entries[array_key_first($this->entries)]);
        }
        return Seen::New;
    }

    public function finish(string $id): void
    {
        if (isset($this->entries["id:$id"])) {
            $this->entries["id:$id"]['isDone'] = true;
        }
    }

    public function abandon(string $id): void
    {
        unset($this->entries["id:$id"]);
    }
}
