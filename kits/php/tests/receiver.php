<?php
declare(strict_types=1);

use ImCallback\Answer;
use ImCallback\BeforeAnswer;
use ImCallback\Callback;
use ImCallback\CallbackError;
use ImCallback\MemorySeenStore;
use ImCallback\Receiver;
use ImCallback\Verifier;

/** Notes what a receiver did. */
final class Handling
{
    public array $handled = [];
    public array $refused = [];
    public Closure $work;
    public readonly Receiver $receiver;

    public function __construct(?Closure $onBefore = null)
    {
        $this->work = static fn () => null;
        $this->receiver = new Receiver(
            new Verifier(SECRET),
            function (Callback $callback): void {
                ($this->work)($callback);
                $this->handled[] = $callback->callbackId;
            },
            new MemorySeenStore(),
            new MemorySeenStore(),
            $onBefore,
            function (CallbackError $error): void {
                $this->refused[] = $error->reason;
            },
            1_000,
        );
    }

    public function send(string $body, ?array $headers = null): int
    {
        return $this->receiver->handle($headers ?? signed($body), $body)->status;
    }

    public function sendBatch(string $body): int
    {
        return $this->send($body, signed($body, ['X-App-Batch' => '2', 'X-App-Batch-Id' => 'b1']));
    }

    public function ask(): Answer
    {
        $body = envelope('c1');
        return $this->receiver->handle(signed($body, ['X-App-Kind' => 'before']), $body);
    }
}

$away = static fn () => throw new RuntimeException('database away');

test('handles each event once, alone or in batches', static function (): void {
    $handling = new Handling();
    same(
        [
            $handling->send(envelope('c1')),
            $handling->send(envelope('c1')),
            $handling->sendBatch(batch('c1', 'c2')),
            $handling->sendBatch(batch('c3', 'c3', 'c2')),
        ],
        [204, 204, 204, 204],
    );
    same($handling->handled, ['c1', 'c2', 'c3']);
});

test('refuses the same request a second time', static function (): void {
    $handling = new Handling();
    $body = envelope('c1');
    $headers = signed($body);
    same([$handling->send($body, $headers), $handling->send($body, $headers)], [204, 401]);
    same($handling->refused, ['replayed']);
});

test('refuses what is wrong and handles none of it', static function (): void {
    $handling = new Handling();
    $body = envelope('c1');
    same(
        [
            $handling->send("$body ", signed($body)),
            $handling->send($body, []),
            $handling->send('{}'),
            $handling->send(str_repeat(' ', 1_001)),
        ],
        [401, 401, 400, 413],
    );
    same($handling->refused, ['wrong_signature', 'missing_header', 'malformed_body']);
    same($handling->handled, []);
});

test('takes an event again when its handler failed, even as the same request', static function () use ($away): void {
    $handling = new Handling();
    $body = envelope('c1');
    $headers = signed($body);
    $handling->work = $away;
    same($handling->send($body, $headers), 500);
    $handling->work = static fn () => null;
    same($handling->send($body, $headers), 204);
    same($handling->handled, ['c1']);
});

test('remembers what it handled of a batch that failed later', static function () use ($away): void {
    $handling = new Handling();
    $handling->work = static fn (Callback $callback) => $callback->callbackId === 'c2' ? $away() : null;
    same($handling->sendBatch(batch('c1', 'c2')), 500);
    $handling->work = static fn () => null;
    same($handling->sendBatch(batch('c1', 'c2')), 204);
    same($handling->handled, ['c1', 'c2']);
});

test('does not call an event delivered while another request still handles it', static function (): void {
    $handling = new Handling();
    $during = null;
    $handling->work = static function () use ($handling, &$during): void {
        $during = $handling->send(envelope('c1'));
    };
    same($handling->send(envelope('c1')), 204);
    same($during, 503);
    same($handling->handled, ['c1']);
});

test('answers a question before an event', static function (): void {
    $answers = [
        [BeforeAnswer::allow(), '{"decision":"allow"}'],
        [BeforeAnswer::deny(5001, '不行'), '{"decision":"deny","code":5001,"reason":"不行"}'],
        [BeforeAnswer::modify(['id' => 9007199254740993]), '{"decision":"modify","changes":{"id":9007199254740993}}'],
        [BeforeAnswer::modify([]), '{"decision":"modify","changes":{}}'],
    ];
    foreach ($answers as [$answer, $text]) {
        $handling = new Handling(static fn () => $answer);
        $given = $handling->ask();
        same([$given->status, $given->body, $handling->handled], [200, $text, []]);
    }
    same((new Handling())->ask()->body, '{"decision":"allow"}');
});
