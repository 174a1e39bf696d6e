<?php
declare(strict_types=1);

namespace ImCallback;

/** New: not handled yet. Busy: another request is handling it. Done: it was handled. */
enum Seen
{
    case New;
    case Busy;
    case Done;
}
