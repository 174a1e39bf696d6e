<?php
declare(strict_types=1);

namespace ImCallback;

/** Verifies the signature of a callback, over its bytes, in constant time. */
final class Verifier
{
    /** How far a timestamp may be from our clock. */
    public const DEFAULT_WINDOW_MS = 5 * 60 * 1000;

    /** @var string[] */
    private readonly array $secrets;

    /** @var \Closure(): int */
    private readonly \Closure $now;

    /**
     * @param string|string[] $secrets the secret, or both while it is rotated: the old and the new one, in any order
     * @param string $prefix how the headers of BodyHmac begin
     * @param ?\Closure(): int $now the clock, in milliseconds
     */
    public function __construct(
        string|array $secrets,
        private readonly Scheme $scheme = Scheme::XApp,
        private readonly string $prefix = 'X-App',
        public readonly int $windowMs = self::DEFAULT_WINDOW_MS,
        ?\Closure $now = null,
    ) {
        $this->secrets = array_map(Signer::requireSecret(...), array_values((array) $secrets));
        if ($this->secrets === []) {
            Signer::requireSecret('');
        }
        $this->now = $now ?? Signer::nowMs(...);
    }

    /**
     * @param array<string, string|string[]> $headers
     * @param string $rawBody the bytes as received, before anything parses them
     * @throws CallbackError for a request that is not genuine
     */
    public function verify(array $headers, string $rawBody): Verified
    {
        $read = new Headers($headers);
        [$timeMs, $replayKey, $given, $expected] = match ($this->scheme) {
            Scheme::XApp => self::checkXApp($read, $rawBody),
            Scheme::StandardWebhooks => self::checkStandardWebhooks($read, $rawBody),
            Scheme::BodyHmac => $this->checkBodyHmac($read, $rawBody),
        };
        if ($timeMs !== null && abs(($this->now)() - $timeMs) > $this->windowMs) {
            throw new CallbackError(CallbackError::OUTSIDE_WINDOW, 'the timestamp is too far from our clock');
        }
        foreach ($this->secrets as $index => $secret) {
            foreach ($given as $signature) {
                // hash_equals compares in constant time.
                if (hash_equals($expected($secret), $signature)) {
                    return new Verified($index, $replayKey);
                }
            }
        }
        throw new CallbackError(CallbackError::WRONG_SIGNATURE, 'the signature does not fit');
    }

    /** @return array{?int, ?string, string[], \Closure(string): string} time, replay key, signatures, the right one */
    private static function checkXApp(Headers $headers, string $rawBody): array
    {
        $appKey = self::required($headers, 'X-App-Key');
        $timestamp = self::required($headers, 'X-App-Timestamp');
        $nonce = self::required($headers, 'X-App-Nonce');
        if (!preg_match('/^[0-9a-f]{32}\z/', $nonce)) {
            throw self::malformed('X-App-Nonce');
        }
        return [
            self::timeOf($timestamp, 'X-App-Timestamp'),
            "$appKey:$nonce",
            self::signatures($headers, 'X-App-Signature', '/^[0-9a-f]{64}\z/'),
            static fn (string $secret) => Signer::xApp($secret, $appKey, $timestamp, $nonce, $rawBody),
        ];
    }

    private static function checkStandardWebhooks(Headers $headers, string $rawBody): array
    {
        $id = self::required($headers, 'webhook-id');
        $timestamp = self::required($headers, 'webhook-timestamp');
        return [
            self::timeOf($timestamp, 'webhook-timestamp') * 1000,
            "$id:$timestamp",
            explode(' ', self::required($headers, 'webhook-signature')),
            static fn (string $secret) => 'v1,' . base64_encode(
                hash_hmac('sha256', "$id.$timestamp.$rawBody", self::standardWebhooksKey($secret), true)
            ),
        ];
    }

    private function checkBodyHmac(Headers $headers, string $rawBody): array
    {
        $name = "{$this->prefix}-Timestamp";
        $timestamp = $headers->get($name);
        return [
            // It is not signed, so it only catches delayed requests, not forged ones; duplicates are dropped by callbackId.
            $timestamp === '' ? null : self::timeOf($timestamp, $name),
            null,
            self::signatures($headers, "{$this->prefix}-Signature-256", '/^sha256=[0-9a-f]{64}\z/'),
            static fn (string $secret) => 'sha256=' . hash_hmac('sha256', $rawBody, $secret),
        ];
    }

    private static function required(Headers $headers, string $name): string
    {
        $value = $headers->get($name);
        return $value !== '' ? $value : throw new CallbackError(CallbackError::MISSING_HEADER, "$name is missing");
    }

    private static function malformed(string $name): CallbackError
    {
        return new CallbackError(CallbackError::MALFORMED_HEADER, "$name has another form");
    }

    private static function timeOf(string $timestamp, string $name): int
    {
        return preg_match('/^[0-9]{1,15}\z/', $timestamp) ? (int) $timestamp : throw self::malformed($name);
    }

    /**
     * While a secret is rotated there is one for each of the two.
     *
     * @return string[]
     */
    private static function signatures(Headers $headers, string $name, string $form): array
    {
        $given = [self::required($headers, $name), $headers->get("$name-Next"), $headers->get("$name-Previous")];
        $wellFormed = array_filter($given, static fn (string $value) => preg_match($form, $value) === 1);
        return $wellFormed !== [] ? $wellFormed : throw self::malformed($name);
    }

    /** Of whsec_… the decoded bytes, of any other secret its UTF-8 bytes. */
    private static function standardWebhooksKey(string $secret): string
    {
        $form = '~^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)\z~';
        $isEncoded = preg_match($form, $secret, $parts) === 1 && $parts[1] !== '';
        return $isEncoded ? base64_decode($parts[1]) : $secret;
    }
}
