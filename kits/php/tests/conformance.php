<?php
// Receives with every scheme, for the test against the running service: php -S 127.0.0.1:$PORT conformance.php
// Secrets: SECRETS, the old and the new one as JSON. Paths: /<old|new|both>/<scheme>. Prints a line for each event.
declare(strict_types=1);

use ImCallback\BeforeAnswer;
use ImCallback\Callback;
use ImCallback\FileSeenStore;
use ImCallback\Receiver;
use ImCallback\Scheme;
use ImCallback\Verifier;

require __DIR__ . '/../autoload.php';

[$old, $new] = json_decode((string) getenv('SECRETS'), true, 4, JSON_THROW_ON_ERROR);
[, $keys, $scheme] = explode('/', (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) + ['', '', ''];
$secrets = ['old' => [$old], 'new' => [$new], 'both' => [$old, $new]][$keys] ?? null;
if ($secrets === null || Scheme::tryFrom($scheme) === null) {
    http_response_code(404);
    exit;
}

$directory = getenv('STORE_DIRECTORY') . "/$keys-$scheme";
(new Receiver(
    new Verifier($secrets, Scheme::from($scheme)),
    static function (Callback $callback): void {
        $big = json_encode($callback->data['extra']['big']);
        file_put_contents('php://stdout', "handled {$callback->callbackId} {$callback->event} $big\n");
    },
    new FileSeenStore("$directory-handled"),
    new FileSeenStore("$directory-nonces"),
    static fn (Callback $question) => match ($question->data['text']) {
        'deny' => BeforeAnswer::deny(5001, '不行'),
        'modify' => BeforeAnswer::modify(['text' => 'mild', 'extra' => $question->data['extra']]),
        default => BeforeAnswer::allow(),
    },
))->serve();
