<?php
declare(strict_types=1);

namespace ImCallback;

/** Reads headers by their name in any case. */
final class Headers
{
    /** @var array<string, string> */
    private array $values = [];

    /** @param array<string, string|string[]> $values */
    public function __construct(array $values)
    {
        foreach ($values as $name => $value) {
            $this->values[strtolower((string) $name)] = is_array($value) ? implode(', ', $value) : (string) $value;
        }
    }

    /** Empty when it is absent. */
    public function get(string $name): string
    {
        return $this->values[strtolower($name)] ?? '';
    }
}
