<?php
declare(strict_types=1);

namespace ImCallback;

use Psr\Http\Message\ResponseFactoryInterface;
use Psr\Http\Message\ResponseInterface;
use Psr\Http\Message\ServerRequestInterface;
use Psr\Http\Server\RequestHandlerInterface;

/** Receives callbacks in a PSR-15 application: the handler of a route. */
final class Psr15Handler implements RequestHandlerInterface
{
    public function __construct(
        private readonly Receiver $receiver,
        private readonly ResponseFactoryInterface $responses,
    ) {
    }

    public function handle(ServerRequestInterface $request): ResponseInterface
    {
        // The stream has the bytes; the parsed body has other bytes.
        $answer = $this->receiver->handle($request->getHeaders(), (string) $request->getBody());
        $response = $this->responses->createResponse($answer->status);
        foreach ($answer->headers as $name => $value) {
            $response = $response->withHeader($name, $value);
        }
        $response->getBody()->write($answer->body);
        return $response;
    }
}
