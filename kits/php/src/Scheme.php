<?php
declare(strict_types=1);

namespace ImCallback;

/** How a webhook signs. XApp fits every webhook; the others are for webhooks with that signature. */
enum Scheme: string
{
    case XApp = 'x-app';
    case StandardWebhooks = 'standard-webhooks';
    case BodyHmac = 'body-hmac';
}
