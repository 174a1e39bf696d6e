<?php
// Receives callbacks with plain PHP; in Laravel the bytes are $request->getContent().
require __DIR__ . '/signature.php';

$rawBody = file_get_contents('php://input');
$headers = array_change_key_case(getallheaders(), CASE_LOWER);
if (!im_is_genuine((string) getenv('APP_SECRET'), $headers, $rawBody)) {
    http_response_code(401);
    exit;
}

$envelope = json_decode($rawBody, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
// Store callbackId with a unique key: the second insert fails, and there is nothing left to do.
error_log($envelope['callbackId'] . ' ' . $envelope['event']);
http_response_code(204);
