"""Flask-WTF forms made from the questions; what they read goes to ``Field.read``, which judges it.

The fields keep exactly what was typed, so that a page shown again shows it again.
"""

import secrets
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms import Field as FormField

from forms_api.kinds.field import Field
from forms_api.kinds.questions import Questions

KEY_FIELD = "idempotency_key"


def new_key() -> str:
    """Make the key of a form that is shown: whatever is sent with it twice is done once."""
    return secrets.token_urlsafe(24)


_VIETNAMESE = {
    "This field is required.": "Mục này cần được điền.",
    "Not a valid choice.": "Chọn một trong các mục có sẵn.",
    "The CSRF token is missing.": "Trang này thiếu mã bảo vệ; hãy gửi lại.",
    "The CSRF session token is missing.": "Trình duyệt chưa giữ cookie của trang; hãy gửi lại.",
    "The CSRF token has expired.": "Trang này mở đã lâu; hãy gửi lại.",
    "The CSRF token is invalid.": "Mã bảo vệ của trang không đúng; hãy gửi lại.",
    "The CSRF tokens do not match.": "Mã bảo vệ của trang không đúng; hãy gửi lại.",
}


class VietnameseMessages:
    """WTForms has no Vietnamese: these are the messages that our fields can give."""

    def gettext(self, message: str) -> str:
        """Translate one message; an unknown one becomes a general one, never English."""
        return _VIETNAMESE.get(message, "Mục này chưa đúng.")

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Translate a counted message; Vietnamese has one form."""
        return self.gettext(singular)


class PortalForm(FlaskForm):
    """A form whose messages are Vietnamese."""

    class Meta(FlaskForm.Meta):
        """How WTForms treats the form."""

        def get_translations(self, form: FlaskForm) -> VietnameseMessages:
            """Return the messages in Vietnamese."""
            return VietnameseMessages()

    def typed(self, names: Iterable[str]) -> dict[str, str]:
        """Return what was typed into the named fields; an empty text where nothing was."""
        return {name: _typed(self[name]) for name in names}


class FollowForm(PortalForm):
    """Reference and code of a case."""

    reference = StringField("Mã hồ sơ")
    code = StringField("Mã bí mật")


class EmailForm(FollowForm):
    """Where to mail the receipt of a case."""

    email = StringField("Email")


def form_class(questions: Questions) -> type[PortalForm]:
    """Return the form of a list of questions, with a hidden key against sending twice."""
    fields: dict[str, object] = {name: _form_field(one) for one in questions for name in one.inputs}
    return type("QuestionsForm", (PortalForm,), {**fields, KEY_FIELD: HiddenField()})


def _form_field(field: Field) -> FormField:
    # The theme draws choices and the question judges them: here they are the text of a code.
    if field.widget == "tick":
        return BooleanField(field.label, false_values=("", "false", "0", "off", "no"))
    return StringField(field.label)


def _typed(field: FormField) -> str:
    if isinstance(field, BooleanField):
        return "true" if field.data else ""
    return str(field.data or "")
