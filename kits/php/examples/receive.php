<?php
// Receives callbacks with plain PHP: APP_SECRET=… php -S 127.0.0.1:3000 receive.php
use ImCallback\BeforeAnswer;
use ImCallback\Callback;
use ImCallback\FileSeenStore;
use ImCallback\Receiver;
use ImCallback\Verifier;

// With Composer: require __DIR__ . '/vendor/autoload.php';
require __DIR__ . '/../autoload.php';

// An error answers 500; shown, it would answer 200, and the event would count as delivered.
ini_set('display_errors', '0');

// While a secret is rotated, both: the old and the new one.
$secrets = array_filter([getenv('APP_SECRET'), getenv('NEXT_APP_SECRET')], fn ($secret) => $secret !== false);
// PHP forgets everything after a request: files on one machine, a database or Redis on several.
$directory = sys_get_temp_dir() . '/im-callbacks';

$receiver = new Receiver(
    new Verifier($secrets),
    // Called once for each event; what takes long belongs in your own queue.
    function (Callback $callback): void {
        error_log("$callback->callbackId $callback->event " . json_encode($callback->data));
    },
    new FileSeenStore("$directory/handled"),
    new FileSeenStore("$directory/nonces"),
    fn (Callback $question) => ($question->data['text'] ?? '') === 'spam'
        ? BeforeAnswer::deny(reason: 'no spam')
        : BeforeAnswer::allow(),
);
$receiver->serve();
