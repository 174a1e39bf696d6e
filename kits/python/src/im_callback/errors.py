"""Names why a request is refused."""


class CallbackError(Exception):
    """A request that is not handled; ``status`` is what to answer.

    ``code`` is ``missing_header``, ``malformed_header``, ``outside_window``, ``wrong_signature``, ``replayed`` or
    ``malformed_body``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = 400 if code == "malformed_body" else 401
