"""Who may come in. Every view of the desk has the gate; nothing is open by default."""

from urllib.parse import urlencode

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain.vocabulary import Role

STAFF = tuple(role.value for role in Role if role.is_staff)


class StaffGate:
    """Lets signed-in staff in; sends strangers to the sign-in page and refuses everybody else."""

    def is_accessible(self) -> bool:
        return bool(current_user.is_authenticated) and current_user.role in STAFF

    def inaccessible_callback(self, name: str, **kwargs: object) -> ResponseReturnValue:
        if current_user.is_authenticated:
            abort(403)
        wanted = request.full_path if request.query_string else request.path
        return redirect("/login?" + urlencode({"next": wanted}))
