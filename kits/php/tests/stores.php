<?php
declare(strict_types=1);

use ImCallback\FileSeenStore;
use ImCallback\MemorySeenStore;
use ImCallback\Seen;

foreach (['memory' => new MemorySeenStore(), 'files' => new FileSeenStore(new_directory())] as $name => $store) {
    test("the store in $name tells new, busy and done ids apart", static function () use ($store): void {
        same([$store->begin('1', 60_000), $store->begin('1', 60_000)], [Seen::New, Seen::Busy]);
        $store->abandon('1');
        same($store->begin('1', 60_000), Seen::New);
        $store->finish('1');
        same([$store->begin('1', 60_000), $store->begin('../2', 60_000)], [Seen::Done, Seen::New]);
    });
}

test('the store in memory forgets the oldest and what is over', static function (): void {
    $now = 0;
    $store = new MemorySeenStore(2, static function () use (&$now): int {
        return $now;
    });
    foreach (['a', 'b', 'c'] as $id) {
        $store->begin($id, 100);
        $store->finish($id);
    }
    same([$store->begin('b', 100), $store->begin('c', 100), $store->begin('a', 100)], [Seen::Done, Seen::Done, Seen::New]);
    $now = 100;
    same($store->begin('c', 100), Seen::New);
});

test('the store in files removes what is over, and frees what a dead process held', static function (): void {
    $directory = new_directory();
    $store = new FileSeenStore($directory, 1);
    foreach (['a', 'b', 'c'] as $id) {
        $store->begin($id, 3_600_000);
    }
    $store->finish('a');
    $store->finish('b');
    foreach (glob("$directory/*.id") as $file) {
        touch($file, time() - 301);
    }
    same([$store->begin('c', 3_600_000), $store->begin('a', 3_600_000)], [Seen::New, Seen::Done]);
    same($store->begin('d', 300_000), Seen::New);
    same(count(glob("$directory/*.id")), 2);
});
