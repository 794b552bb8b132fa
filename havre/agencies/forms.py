"""What officers type to sign in, in our words. allauth checks it; a code opens only once."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from havre.agencies.actions import note_failed_sign_in
from havre.agencies.rules.slowing import SignInStep
from havre.agencies.tries import account_digest, give_back, spend_code

CODE_ATTRIBUTES = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


def dress(field: forms.Field, label: Any, hint: Any = "", **attributes: str) -> None:  # noqa: ANN401
    """Give one of allauth's fields our words and our look."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update({"class": "input", **attributes})


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(self.fields["login"], _("Sign-in name"), spellcheck="false", autocapitalize="none")
        dress(self.fields["password"], _("Password"))


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(self.fields["password"], _("Password"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(self.fields["oldpassword"], _("Present password"))
        dress(
            self.fields["password1"],
            _("New password"),
            _("At least 12 characters. Three or four words that nobody would guess are good."),
        )
        dress(self.fields["password2"], _("New password, once more"))

    def clean_oldpassword(self) -> str:
        """The present password is a try like any other; a weak new one is not held against it."""
        request = context.request
        try:
            password: str = super().clean_oldpassword()
        except ValidationError:
            digest = account_digest(self.user.username)
            note_failed_sign_in(digest, step=SignInStep.PASSWORD, by=self.user)
            raise
        if hasattr(request, "sign_in_try"):
            give_back(request.sign_in_try)
        return password

    def clean_password1(self) -> str:
        """A one-time password is exchanged, never kept; nor is any other one."""
        password: str = self.cleaned_data["password1"]
        if password == self.cleaned_data.get("oldpassword"):
            raise ValidationError(_("Choose another password than the present one."))
        return password


class OneTimeCode:
    """A code that was right opens nothing a second time, in whichever process it is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(
            self.fields["code"],  # type: ignore[attr-defined]
            _("Code"),
            _("Six digits from your app, or one of your recovery codes."),
            **CODE_ATTRIBUTES,
        )

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        user = self.user  # type: ignore[attr-defined]
        if not spend_code(user.username, code):
            self._emit_authentication_failed(self.authenticator)  # type: ignore[attr-defined]
            refusal: ValidationError = get_adapter().validation_error("incorrect_code")
            raise refusal
        return code


class CodeForm(OneTimeCode, AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(OneTimeCode, ReauthenticateByCodeForm):  # type: ignore[misc]
    pass


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], _("The six digits your app shows now"), **CODE_ATTRIBUTES)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(self.fields["name"], _("A name you will know it by"))
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone, without a password")
        alone.help_text = _("It then asks for your fingerprint, your face or its own PIN.")
        alone.initial = True


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        dress(self.fields["name"], _("A name you will know it by"), maxlength="60")
