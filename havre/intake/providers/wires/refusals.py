"""How the provider wire refuses: one kind of error, with the wire's own code."""

from havre.intake.providers.wires.ispws_answer import DESCRIPTIONS, Code


class WireRefusal(Exception):  # noqa: N818 - what the wire does, as its neighbours
    """A request that is not done. `reason` tells the sender what to do.

    `status` where the HTTP status is unusual, `retry_after` in seconds where to wait helps.
    """

    def __init__(
        self, code: Code, reason: str = "", *, status: int | None = None, retry_after: int = 0
    ) -> None:
        self.code = code
        self.reason = reason
        self.status = status
        self.retry_after = retry_after
        # The methods that the refusing door knows.
        self.methods: tuple[str, ...] = ()
        self.description = f"{DESCRIPTIONS[code]} - {reason}" if reason else DESCRIPTIONS[code]
        super().__init__(self.description)
