<?php
// As much of the interfaces as is used: those of PSR come with Composer.
declare(strict_types=1);

namespace Psr\Http\Message {
    interface StreamInterface
    {
        public function write(string $text): int;

        public function __toString(): string;
    }

    interface ResponseInterface
    {
        public function withHeader(string $name, string $value): self;

        public function getBody(): StreamInterface;
    }

    interface ServerRequestInterface
    {
        public function getHeaders(): array;

        public function getBody(): StreamInterface;
    }

    interface ResponseFactoryInterface
    {
        public function createResponse(int $code = 200): ResponseInterface;
    }
}

namespace Psr\Http\Server {
    interface RequestHandlerInterface
    {
        public function handle(\Psr\Http\Message\ServerRequestInterface $request): \Psr\Http\Message\ResponseInterface;
    }
}

namespace {
    use ImCallback\Psr15Handler;
    use Psr\Http\Message\ResponseFactoryInterface;
    use Psr\Http\Message\ResponseInterface;
    use Psr\Http\Message\ServerRequestInterface;
    use Psr\Http\Message\StreamInterface;

    final class TextStream implements StreamInterface
    {
        public function __construct(private string $text = '')
        {
        }

        public function write(string $text): int
        {
            $this->text .= $text;
            return strlen($text);
        }

        public function __toString(): string
        {
            return $this->text;
        }
    }

    final class TestResponse implements ResponseInterface
    {
        public function __construct(
            public readonly int $status,
            public readonly StreamInterface $body = new TextStream(),
            public readonly array $headers = [],
        ) {
        }

        public function withHeader(string $name, string $value): ResponseInterface
        {
            return new self($this->status, $this->body, [$name => $value] + $this->headers);
        }

        public function getBody(): StreamInterface
        {
            return $this->body;
        }
    }

    final class TestRequest implements ServerRequestInterface
    {
        public function __construct(private readonly array $headers, private readonly string $body)
        {
        }

        public function getHeaders(): array
        {
            return array_map(static fn (string $value) => [$value], $this->headers);
        }

        public function getBody(): StreamInterface
        {
            return new TextStream($this->body);
        }
    }

    test('a PSR-15 handler receives and answers', static function (): void {
        $handling = new Handling();
        $responses = new class implements ResponseFactoryInterface {
            public function createResponse(int $code = 200): ResponseInterface
            {
                return new TestResponse($code);
            }
        };
        $handler = new Psr15Handler($handling->receiver, $responses);
        $body = envelope('c1');
        same($handler->handle(new TestRequest(signed($body), $body))->status, 204);
        $refused = $handler->handle(new TestRequest([], $body));
        same([$refused->status, (string) $refused->getBody()], [401, '{"error":"missing_header"}']);
        same($refused->headers, ['Content-Type' => 'application/json']);
        same($handling->handled, ['c1']);
    });
}
