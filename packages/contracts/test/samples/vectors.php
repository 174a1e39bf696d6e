<?php
// Answers each question on stdin by the PHP sample: php vectors.php <directory of the sample>
require $argv[1] . '/signature.php';

while (($line = fgets(STDIN)) !== false) {
    $fields = array_map(fn ($field) => $field === '~' ? null : base64_decode(substr($field, 1)), explode(' ', rtrim($line, "\n")));
    [$secret, $appKey, $timestamp, $nonce, $body, $header, $signature, $nowMs] = $fields;
    $headers = ['x-app-key' => $appKey, 'x-app-timestamp' => $timestamp, 'x-app-nonce' => $nonce];
    $headers[strtolower($header)] = $signature;
    $headers = array_filter($headers, fn ($value) => $value !== null);
    $isAccepted = im_is_genuine($secret, $headers, $body, (int) $nowMs);
    try {
        $signed = im_sign($secret, (string) $appKey, (string) $timestamp, (string) $nonce, $body);
    } catch (InvalidArgumentException) {
        $signed = 'refused';
    }
    echo $signed, ' ', $isAccepted ? 'true' : 'false', "\n";
}
