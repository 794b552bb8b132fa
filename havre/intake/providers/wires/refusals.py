"""How the provider wire refuses: one kind of error, with the wire's own code.

WireRefusal
"""

from havre.intake.providers.wires.ispws_answer import DESCRIPTIONS, Code


class WireRefusal(Exception):  # noqa: N818 - what the wire does, as its neighbours
    """A request that is not done. `reason` tells the sender what to do; `status` where unusual."""

    def __init__(self, code: Code, reason: str = "", *, status: int | None = None) -> None:
        self.code = code
        self.status = status
        self.description = f"{DESCRIPTIONS[code]} - {reason}" if reason else DESCRIPTIONS[code]
        super().__init__(self.description)
