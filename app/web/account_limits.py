"""How often somebody may ask for what is about his own account."""

from app.web.limits import address, limiter, person_key

email_change_limit = limiter.shared_limit(
    "5 per hour",
    scope="email-change",
    key_func=person_key,
    error_message="Too many changes of the email address. Please try again later.",
)
email_change_address_limit = limiter.shared_limit(
    "10 per hour",
    scope="email-change-address",
    key_func=address,
    error_message="Too many changes of email addresses. Please try again later.",
)
"""An address that is taken is answered so, as at registration: nobody may ask for many."""
data_limit = limiter.shared_limit(
    "5 per hour",
    scope="account-data",
    key_func=person_key,
    error_message="Your data was asked for several times. Please try again in an hour.",
)
