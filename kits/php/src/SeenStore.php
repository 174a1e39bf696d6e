<?php
declare(strict_types=1);

namespace ImCallback;

/** Remembers what was handled. Implement it on a database or Redis where several machines receive. */
interface SeenStore
{
    /** Takes an id, atomically. An id that stays busy because its process died should become free after some minutes. */
    public function begin(string $id, int $keepMs): Seen;

    /** It was handled. */
    public function finish(string $id): void;

    /** It was not handled: the next one to come is new. */
    public function abandon(string $id): void;
}
