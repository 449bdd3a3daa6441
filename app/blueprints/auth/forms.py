"""Forms of accounts."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from app.domain.limits import EMAIL_MAX_CHARS, NAME_MAX_CHARS
from app.domain.vocabulary import Role
from app.web.emails import EmailAddress

PASSWORD_FIELD_MAX = 1000


class LoginForm(FlaskForm):
    """E-mail and password."""

    email = StringField(
        "Email", [InputRequired("Enter your email address."), Length(max=EMAIL_MAX_CHARS)]
    )
    password = PasswordField("Password", [InputRequired("Enter your password.")])


class RegisterForm(FlaskForm):
    """A new student's or instructor's account."""

    role = RadioField(
        "I want to",
        choices=[
            SelectChoice(Role.STUDENT.value, "learn"),
            SelectChoice(Role.INSTRUCTOR.value, "teach"),
        ],
        default=Role.STUDENT.value,
    )
    full_name = StringField("Name", [InputRequired("Enter your name."), Length(max=NAME_MAX_CHARS)])
    email = StringField("Email", [InputRequired("Enter your email address."), EmailAddress()])
    password = PasswordField(
        "Password", [InputRequired("Choose a password."), Length(max=PASSWORD_FIELD_MAX)]
    )


class ForgotForm(FlaskForm):
    """Whose password is forgotten."""

    email = StringField("Email", [InputRequired("Enter your email address."), EmailAddress()])


class NewPasswordForm(FlaskForm):
    """The password to be."""

    password = PasswordField(
        "New password", [InputRequired("Choose a password."), Length(max=PASSWORD_FIELD_MAX)]
    )
