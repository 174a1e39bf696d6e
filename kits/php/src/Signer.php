<?php
declare(strict_types=1);

namespace ImCallback;

/** Signs requests to the API. */
final class Signer
{
    /**
     * @param string $body what is sent, byte for byte
     * @return array<string, string> the headers to send
     */
    public static function signRequest(
        string $body,
        string $appKey,
        string $appSecret,
        ?int $timestampMs = null,
        ?string $nonce = null,
    ): array {
        $timestamp = (string) ($timestampMs ?? self::nowMs());
        $nonce ??= bin2hex(random_bytes(16));
        return [
            'X-App-Key' => $appKey,
            'X-App-Timestamp' => $timestamp,
            'X-App-Nonce' => $nonce,
            'X-App-Signature' => self::xApp(self::requireSecret($appSecret), $appKey, $timestamp, $nonce, $body),
        ];
    }

    /** The scheme XApp: HMAC-SHA256 of AppKey, timestamp, nonce and the hash of the body. */
    public static function xApp(string $secret, string $appKey, string $timestamp, string $nonce, string $body): string
    {
        return hash_hmac('sha256', implode("\n", [$appKey, $timestamp, $nonce, hash('sha256', $body)]), $secret);
    }

    /** Refuses an empty one: anyone could sign with it. */
    public static function requireSecret(string $secret): string
    {
        return $secret !== '' ? $secret : throw new \InvalidArgumentException('the secret is empty');
    }

    public static function nowMs(): int
    {
        return (int) (microtime(true) * 1000);
    }
}
