"""How often links in mails may be opened and used: by address, and each link."""

from flask import request

from app.infra.tokens import token_hash
from app.web.limits import address, limiter


def link_key() -> str:
    """The link that a page is opened by, in a form that is none."""
    token = request.form.get("token") or request.args.get("token", "")
    return f"link:{token_hash(token)[:32]}"


link_look_limit = limiter.shared_limit(
    "60 per 10 minutes",
    scope="link-look",
    key_func=link_key,
    error_message="This link was opened too often. Please try again in a few minutes.",
)
link_action_limit = limiter.shared_limit(
    "5 per 10 minutes",
    scope="link-action",
    key_func=address,
    error_message="Too many changes by links. Please try again in a few minutes, or sign in.",
)
one_link_limit = limiter.shared_limit(
    "10 per hour",
    scope="one-link",
    key_func=link_key,
    error_message="This link was used too often. Please sign in to go on.",
)
