<?php
// Reads the cases that the tests of all kits share, makes requests, and counts tests.
declare(strict_types=1);

use ImCallback\CallbackError;
use ImCallback\Signer;

const SECRET = '密钥-secret';

$GLOBALS['passed'] = 0;
$GLOBALS['failed'] = 0;

function test(string $name, Closure $body): void
{
    try {
        $body();
        $GLOBALS['passed']++;
    } catch (Throwable $error) {
        $GLOBALS['failed']++;
        echo "✗ $name: {$error->getMessage()} ({$error->getFile()}:{$error->getLine()})\n";
    }
}

function same(mixed $given, mixed $expected): void
{
    if ($given !== $expected) {
        throw new Exception('got ' . var_export($given, true) . ', want ' . var_export($expected, true));
    }
}

function throws(string $class, Closure $work): void
{
    try {
        $work();
    } catch (Throwable $error) {
        same($error::class, $class);
        return;
    }
    throw new Exception("$class was expected");
}

/** `ok`, or why it was refused. */
function outcome(Closure $work): string
{
    try {
        $work();
        return 'ok';
    } catch (CallbackError $error) {
        return $error->reason;
    }
}

function read(string $name): array
{
    return json_decode(file_get_contents(__DIR__ . "/../../$name"), true, 512, JSON_THROW_ON_ERROR);
}

/** The one case without a body means 256 KiB of the letter x. */
function body_of(?string $text): string
{
    return $text === null ? str_repeat('x', 262_144) : base64_decode($text);
}

/** Headers of a callback; those of requests to the API are the same. */
function signed(string $body, array $more = []): array
{
    return Signer::signRequest($body, 'ak_demo_0001', SECRET) + $more;
}

function envelope(string $id): string
{
    return json_encode(['callbackId' => $id, 'event' => 'message.sent', 'data' => (object) []]);
}

function batch(string ...$ids): string
{
    return '{"batchId":"b1","events":[' . implode(',', array_map(envelope(...), $ids)) . ']}';
}

function new_directory(): string
{
    $directory = sys_get_temp_dir() . '/im-callback-' . bin2hex(random_bytes(8));
    register_shutdown_function(static function () use ($directory): void {
        array_map(unlink(...), glob("$directory/*") ?: []);
        @rmdir($directory);
    });
    return $directory;
}
