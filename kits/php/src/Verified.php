<?php
declare(strict_types=1);

namespace ImCallback;

/** Details of a verified request. */
final class Verified
{
    public function __construct(
        /** Index of the secret that fits. */
        public readonly int $secretIndex,
        /** Identifies a repeated request; null: the scheme has none (BodyHmac). */
        public readonly ?string $replayKey,
    ) {
    }
}
