<?php
declare(strict_types=1);

namespace ImCallback;

/** What a genuine request tells. */
final class Verified
{
    public function __construct(
        /** Index of the secret that fits. */
        public readonly int $secretIndex,
        /** The same when the same request comes again; null: the scheme does not tell (BodyHmac). */
        public readonly ?string $replayKey,
    ) {
    }
}
