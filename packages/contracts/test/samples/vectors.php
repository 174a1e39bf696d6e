<?php
// Answers each question on stdin by the PHP sample: php vectors.php <directory of the sample>
require $argv[1] . '/signature.php';

while (($line = fgets(STDIN)) !== false) {
    $fields = array_map(fn ($field) => base64_decode(substr($field, 1)), explode(' ', rtrim($line, "\n")));
    [$secret, $appKey, $timestamp, $nonce, $body, $header, $signature, $nowMs] = $fields;
    $headers = ['x-app-key' => $appKey, 'x-app-timestamp' => $timestamp, 'x-app-nonce' => $nonce];
    $headers[strtolower($header)] = $signature;
    $isAccepted = im_is_genuine($secret, $headers, $body, (int) $nowMs);
    echo im_sign($secret, $appKey, $timestamp, $nonce, $body), ' ', $isAccepted ? 'true' : 'false', "\n";
}
