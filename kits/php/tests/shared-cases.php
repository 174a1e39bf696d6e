<?php
declare(strict_types=1);

use ImCallback\Callback;
use ImCallback\CallbackRequest;
use ImCallback\Payload\ImMessage;
use ImCallback\Scheme;
use ImCallback\Signer;
use ImCallback\Verifier;

$cases = read('test-cases.json');

$check = static fn (array $case, int $windowMs = Verifier::DEFAULT_WINDOW_MS, int $lateMs = 0) => outcome(
    static fn () => (new Verifier(
        $case['secrets'],
        Scheme::from($case['scheme']),
        $case['prefix'],
        $windowMs,
        static fn () => $case['nowMs'] + $lateMs,
    ))->verify($case['headers'], body_of($case['bodyBase64']))
);

foreach ($cases['verify'] as $case) {
    test("verify: {$case['name']}", static fn () => same($check($case), $case['expected']));
}

test('takes another window', static function () use ($cases, $check): void {
    $first = $cases['verify'][0];
    same([$check($first, 1_000, 1_000), $check($first, 1_000, 1_001)], ['ok', 'outside_window']);
});

test('has no opinion without a secret', static function (): void {
    foreach (['', [], [''], ['a', '']] as $secrets) {
        throws(InvalidArgumentException::class, static fn () => new Verifier($secrets));
    }
});

test('signs as the vectors say', static function () use ($cases): void {
    $sign = $cases['sign'];
    $headers = Signer::signRequest(
        $sign['body'],
        $sign['appKey'],
        $sign['secret'],
        (int) $sign['timestamp'],
        $sign['nonce'],
    );
    same($headers['X-App-Signature'], $sign['signature']);
    throws(InvalidArgumentException::class, static fn () => Signer::signRequest('', 'ak', ''));
});

foreach ($cases['parse'] as $case) {
    test("parse: {$case['name']}", static function () use ($case): void {
        $parse = static fn () => CallbackRequest::parse($case['headers'], $case['body']);
        if ($case['expected'] === null) {
            same(outcome($parse), 'malformed_body');
            return;
        }
        $request = $parse();
        $expected = $case['expected'];
        same(
            [$request->kind, $request->format, $request->attempt, $request->batchId],
            [$expected['kind'], $expected['format'], $expected['attempt'], $expected['batchId']],
        );
        $texts = array_column($expected['callbacks'], 'dataText');
        foreach ($request->callbacks as $index => $callback) {
            $wanted = $expected['callbacks'][$index];
            $wanted['data'] = json_decode($texts[$index], true, 512, JSON_BIGINT_AS_STRING);
            unset($wanted['dataText']);
            $wanted['rawBody'] = $request->format === 'raw' ? $case['body'] : null;
            same(get_object_vars($callback), $wanted);
            same([$callback->data['big'], $callback->data['bigger']], [9007199254740993, '123456789012345678901234567890']);
        }
        same(count($request->callbacks), count($expected['callbacks']));
    });
}

test('takes anything as raw', static function (): void {
    $headers = ['X-App-Format' => 'raw', 'X-App-Callback-Id' => 'c1', 'X-App-Event' => 'openim.x'];
    $callback = CallbackRequest::parse($headers, "\xff")->callbacks[0];
    same([$callback->data, $callback->rawBody], [null, "\xff"]);
    same(outcome(static fn () => CallbackRequest::parse([], "\"\xff\"")), 'malformed_body');
});

foreach (read('catalogue.json')['events'] as $event) {
    test("describes the example of {$event['event']}", static function () use ($event): void {
        $payload = (new Callback('c1', $event['event'], null, 'ak', 'w1', null, $event['example']))->payload();
        same($payload->other, []);
        foreach ($event['example'] as $name => $value) {
            is_object($payload->$name) || same($payload->$name, $value);
        }
    });
}

test('keeps fields that a newer service adds', static function (): void {
    foreach (read('catalogue.json')['events'] as $event) {
        $data = ['added' => 9007199254740993] + $event['example'];
        $payload = (new Callback('c1', $event['event'], null, 'ak', 'w1', null, $data))->payload();
        same($payload->other, ['added' => 9007199254740993]);
    }
    same((new Callback('c1', 'orders/create', null, 'ak', 'w1', null, []))->payload(), null);
    throws(TypeError::class, static fn () => ImMessage::of(['messageId' => 1]));
});
