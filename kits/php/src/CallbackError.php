<?php
declare(strict_types=1);

namespace ImCallback;

/** Of a request that is not handled. */
final class CallbackError extends \RuntimeException
{
    public const MISSING_HEADER = 'missing_header';
    public const MALFORMED_HEADER = 'malformed_header';
    public const OUTSIDE_WINDOW = 'outside_window';
    public const WRONG_SIGNATURE = 'wrong_signature';
    public const REPLAYED = 'replayed';
    public const MALFORMED_BODY = 'malformed_body';

    public function __construct(
        /** One of the constants. */
        public readonly string $reason,
        string $message,
    ) {
        parent::__construct($message);
    }

    /** What to answer. */
    public function status(): int
    {
        return $this->reason === self::MALFORMED_BODY ? 400 : 401;
    }
}
