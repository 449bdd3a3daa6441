"""Fields of lessons in JSON, and what their values must be."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from app.domain.limits import (
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
    ID_MAX,
    LOCATION_MAX_CHARS,
    NOTE_MAX_CHARS,
)

Id = Annotated[int, Field(ge=1, le=ID_MAX)]
Minutes = Annotated[int, Field(ge=DURATION_MIN_MINUTES, le=DURATION_MAX_MINUTES)]
Note = Annotated[str, Field(max_length=NOTE_MAX_CHARS)]
Place = Annotated[str, Field(max_length=LOCATION_MAX_CHARS)]
AgreedPrice = Annotated[
    Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)] | None,
    Field(description="The price that was agreed; another is refused by 409."),
]
