<?php
// Receives callbacks with plain PHP; in Laravel the bytes are $request->getContent().
require __DIR__ . '/signature.php';

$secret = (string) getenv('APP_SECRET');
if ($secret === '') {
    http_response_code(500);
    error_log('APP_SECRET is not set');
    exit;
}
$rawBody = file_get_contents('php://input');
$headers = array_change_key_case(getallheaders(), CASE_LOWER);
if (!im_is_genuine($secret, $headers, $rawBody)) {
    http_response_code(401);
    exit;
}

$envelope = json_decode($rawBody, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
// A webhook with batches gets {"batchId":…,"events":[…]}.
$entries = $envelope['events'] ?? [$envelope];
foreach ($entries as $entry) {
    if (!is_string($entry['callbackId'] ?? null)) {
        http_response_code(400);
        exit;
    }
}

// A file for each callback that was handled; in production a unique key of a database, kept longer than retries last.
$handled = sys_get_temp_dir() . '/im-callbacks';
@mkdir($handled, 0700, true);
foreach ($entries as $entry) {
    $path = $handled . '/' . hash('sha256', $entry['callbackId']);
    // Mode x fails if the file is there; if it cannot be written, the service has to send again.
    $file = @fopen($path, 'x');
    if ($file === false && !is_file($path)) {
        http_response_code(500);
        exit;
    }
    if ($file !== false) {
        // Only remember it here: what takes long belongs in your own queue.
        error_log($entry['callbackId'] . ' ' . $entry['event']);
    }
}
http_response_code(204);
