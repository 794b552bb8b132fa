"""Those outside who act on a report: whoever sends one, whoever returns with a receipt."""

from dataclasses import dataclass, replace

from havre.plumbing.scopes import Context, Scope


@dataclass(frozen=True, slots=True)
class PublicSender:
    """Whoever sends a report by the public form. Known by the digest of the form's token alone."""

    token: str

    @property
    def signature(self) -> str:
        return "public"

    @property
    def context(self) -> Context:
        return Context(actor=self.signature, scope=Scope.PUBLIC, token=self.token)


@dataclass(frozen=True, slots=True)
class ReceiptHolder:
    """Whoever came back with the words of a receipt. `report` is empty until it is found."""

    lookup: str
    key: bytes
    report: str = ""

    @property
    def signature(self) -> str:
        return "reporter"

    @property
    def context(self) -> Context:
        return Context(
            actor=self.signature, scope=Scope.RECEIPT, token=self.lookup, report=self.report
        )

    def of(self, report: str) -> "ReceiptHolder":
        """The same holder, with the report the receipt leads to."""
        return replace(self, report=report)
