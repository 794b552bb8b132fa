"""A request as it comes from the server, whatever its headers say."""

from collections.abc import Mapping

from django.core.handlers.wsgi import WSGIRequest


class Asked(WSGIRequest):
    """The framework's own; but a Content-Type that nobody can read is none.

    The framework lets the error of its parser out to the server, which knows no page of ours.
    """

    def _set_content_type_params(self, meta: Mapping[str, object]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # the stubs know it not
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {}
