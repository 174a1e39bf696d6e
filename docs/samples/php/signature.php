<?php
// Signs a request and verifies a callback. PHP 8 or newer, no packages.

/** A callback whose timestamp is further from our clock is refused: it may be an old one, sent again. */
const IM_WINDOW_MS = 5 * 60 * 1000;

/** While a secret is rotated there is a signature for each of the two; the one of our secret has to fit. */
const IM_SIGNATURES = ['x-app-signature', 'x-app-signature-next', 'x-app-signature-previous'];

/** $body: the bytes as sent. */
function im_sign(string $secret, string $appKey, string $timestamp, string $nonce, string $body): string
{
    if ($secret === '') {
        throw new InvalidArgumentException('the secret is empty'); // With an empty key anyone could sign.
    }
    $text = implode("\n", [$appKey, $timestamp, $nonce, hash('sha256', $body)]);
    return hash_hmac('sha256', $text, $secret);
}

/** $headers: by lower-case name; $rawBody: the bytes as received, before anything parses them. */
function im_is_genuine(string $secret, array $headers, string $rawBody, ?int $nowMs = null): bool
{
    $nowMs ??= (int) (microtime(true) * 1000);
    $timestamp = $headers['x-app-timestamp'] ?? '';
    if ($secret === '' || !preg_match('/^\d{1,15}\z/', $timestamp)) {
        return false;
    }
    if (abs($nowMs - (int) $timestamp) > IM_WINDOW_MS) {
        return false;
    }
    $appKey = $headers['x-app-key'] ?? '';
    $nonce = $headers['x-app-nonce'] ?? '';
    $expected = im_sign($secret, $appKey, $timestamp, $nonce, $rawBody);
    foreach (IM_SIGNATURES as $name) {
        // hash_equals compares in constant time.
        if (hash_equals($expected, $headers[$name] ?? '')) {
            return true;
        }
    }
    return false;
}
