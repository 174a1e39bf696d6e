<?php
declare(strict_types=1);

namespace ImCallback;

/** New: ours to handle. Busy: somebody handles it at this moment. Done: it was handled. */
enum Seen
{
    case New;
    case Busy;
    case Done;
}
