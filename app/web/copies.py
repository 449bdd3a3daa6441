"""Answers that are too long for memory: written to a file first, which has no name."""

from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, TextIO, cast

from flask import Response, send_file

IN_MEMORY = 1024 * 1024


def json_file(write: Callable[[TextIO], None], name: str) -> Response:
    """What ``write`` writes, to be kept under a name.

    The database is done with before the first byte leaves, so that a slow line holds no
    connection to it, and a refusal is answered as one.
    """
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 the answer closes it
    text = TextIOWrapper(cast(IO[bytes], file), encoding="utf-8", write_through=True)
    try:
        write(text)
    except BaseException:
        file.close()
        raise
    text.detach()
    size = file.tell()
    file.seek(0)
    body: IO[bytes] = cast(IO[bytes], file)
    if size <= IN_MEMORY:
        body = BytesIO(file.read())
        file.close()
    answer = send_file(body, "application/json", as_attachment=True, download_name=name)
    answer.content_length = size
    answer.headers["Cache-Control"] = "no-store"
    return answer
