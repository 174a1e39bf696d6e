<?php
// Sends an event, signed with the AppSecret: APP_SECRET=… php send.php
require __DIR__ . '/signature.php';

$baseUrl = getenv('IM_URL') ?: 'https://im.example.com';
$appKey = getenv('APP_KEY') ?: 'ak_your_app_key';
$secret = (string) getenv('APP_SECRET');
if ($secret === '') {
    fwrite(STDERR, "APP_SECRET is not set\n");
    exit(1);
}

// The bytes that are signed are the bytes that are sent: print the JSON once.
$body = json_encode([
    'id' => 'msg-1001',
    'event' => 'message.sent',
    'data' => [
        'messageId' => '1001',
        'conversationId' => 'single:u1:u2',
        'conversationType' => 'single',
        'senderId' => 'u1',
        'receiverId' => 'u2',
        'contentType' => 'text',
        'content' => ['text' => '你好'],
        'text' => '你好',
        'status' => 'normal',
        'sentAt' => '2026-11-21T08:00:00.000Z',
    ],
], JSON_UNESCAPED_UNICODE);
$timestamp = (string) (int) (microtime(true) * 1000);
$nonce = bin2hex(random_bytes(16));

$context = stream_context_create(['http' => [
    'method' => 'POST',
    'ignore_errors' => true,
    'content' => $body,
    'header' => [
        'Content-Type: application/json',
        "X-App-Key: $appKey",
        "X-App-Timestamp: $timestamp",
        "X-App-Nonce: $nonce",
        'X-App-Signature: ' . im_sign($secret, $appKey, $timestamp, $nonce, $body),
    ],
]]);
$answer = file_get_contents("$baseUrl/api/v1/apps/$appKey/events", false, $context);
echo $http_response_header[0], ' ', $answer, "\n";
