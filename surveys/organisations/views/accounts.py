"""allauth's views under our addresses, each with its permission."""

from allauth.account import views as allauth

from surveys.common.permissions import Permission
from surveys.organisations.forms import PasswordResetForm


class SignInView(allauth.LoginView):  # type: ignore[misc]  # allauth has no types
    """Sign in by e-mail and password."""

    permission_required = Permission.PUBLIC


class SignOutView(allauth.LogoutView):  # type: ignore[misc]  # allauth has no types
    """Sign out, by POST; GET asks first."""

    permission_required = Permission.PUBLIC


class ClosedAccountView(allauth.AccountInactiveView):  # type: ignore[misc]  # allauth has no types
    """The account is closed."""

    permission_required = Permission.PUBLIC


class ResetView(allauth.PasswordResetView):  # type: ignore[misc]  # allauth has no types
    """Ask for a link to set a new password."""

    permission_required = Permission.PUBLIC
    form_class = PasswordResetForm


class ResetSentView(allauth.PasswordResetDoneView):  # type: ignore[misc]  # allauth has no types
    """The link is on its way, if there is an account."""

    permission_required = Permission.PUBLIC


class ResetFromKeyView(allauth.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth has no types
    """Set a new password through the link."""

    permission_required = Permission.PUBLIC


class ResetFinishedView(allauth.PasswordResetFromKeyDoneView):  # type: ignore[misc]  # allauth has no types
    """The new password is set."""

    permission_required = Permission.PUBLIC
