<?php
// Runs the tests, without Composer: php tests/run.php. Its last line is "N passed, N failed".
declare(strict_types=1);

require __DIR__ . '/../autoload.php';
require __DIR__ . '/support.php';

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    // What was silenced with @ is looked at where it happens.
    return (error_reporting() & $level) === 0 ? false : throw new ErrorException($message, 0, $level, $file, $line);
});
ini_set('error_log', '/dev/null');

foreach (['shared-cases', 'receiver', 'stores', 'psr15'] as $name) {
    require __DIR__ . "/$name.php";
}
echo "{$GLOBALS['passed']} passed, {$GLOBALS['failed']} failed\n";
exit($GLOBALS['failed'] > 0 ? 1 : 0);
