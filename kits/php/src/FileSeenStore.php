<?php
declare(strict_types=1);

namespace ImCallback;

/** A file for each id, for all processes of one machine. What is too old is removed now and then. */
final class FileSeenStore implements SeenStore
{
    /** A process that handles an event for longer than that has died. */
    private const BUSY_SECONDS = 300;

    private const DONE = 'done';

    /** @param int $cleanEvery after how many ids, on average, the directory is looked through */
    public function __construct(private readonly string $directory, private readonly int $cleanEvery = 1_000)
    {
        if (!is_dir($directory) && !@mkdir($directory, 0700, true) && !is_dir($directory)) {
            throw new \RuntimeException("$directory cannot be made");
        }
    }

    public function begin(string $id, int $keepMs): Seen
    {
        $keepSeconds = intdiv($keepMs, 1000);
        $lock = fopen("{$this->directory}/lock", 'c') ?: throw new \RuntimeException('the lock cannot be opened');
        flock($lock, LOCK_EX);
        try {
            if (random_int(1, $this->cleanEvery) === 1) {
                $this->clean($keepSeconds);
            }
            return $this->take($this->fileOf($id), $keepSeconds);
        } finally {
            fclose($lock);
        }
    }

    public function finish(string $id): void
    {
        $this->write($this->fileOf($id), self::DONE);
    }

    public function abandon(string $id): void
    {
        @unlink($this->fileOf($id));
    }

    private function take(string $file, int $keepSeconds): Seen
    {
        clearstatcache(true, $file);
        if (is_file($file)) {
            $isDone = file_get_contents($file) === self::DONE;
            if (time() - (int) filemtime($file) < ($isDone ? $keepSeconds : self::BUSY_SECONDS)) {
                return $isDone ? Seen::Done : Seen::Busy;
            }
        }
        $this->write($file, '');
        return Seen::New;
    }

    private function write(string $file, string $state): void
    {
        if (@file_put_contents($file, $state) === false) {
            throw new \RuntimeException("$file cannot be written");
        }
    }

    private function clean(int $keepSeconds): void
    {
        foreach (glob("{$this->directory}/*.id") ?: [] as $file) {
            if (time() - (int) @filemtime($file) >= max($keepSeconds, self::BUSY_SECONDS)) {
                @unlink($file);
            }
        }
    }

    private function fileOf(string $id): string
    {
        return $this->directory . '/' . hash('sha256', $id) . '.id';
    }
}
