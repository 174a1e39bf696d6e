<?php
// Sends an event, signed with the AppSecret: APP_SECRET=… php send.php
use ImCallback\Signer;

// With Composer: require __DIR__ . '/vendor/autoload.php';
require __DIR__ . '/../autoload.php';

$baseUrl = getenv('IM_URL') ?: 'https://im.example.com';
$appKey = getenv('APP_KEY') ?: 'ak_your_app_key';

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
]);
$headers = ['Content-Type' => 'application/json'] + Signer::signRequest($body, $appKey, (string) getenv('APP_SECRET'));

$answer = file_get_contents("$baseUrl/api/v1/apps/$appKey/events", false, stream_context_create(['http' => [
    'method' => 'POST',
    'header' => array_map(fn ($name, $value) => "$name: $value", array_keys($headers), $headers),
    'content' => $body,
    'ignore_errors' => true,
]]));
echo $http_response_header[0], ' ', $answer, "\n";
