"""One race: a database, the production server with four workers, sixteen connections."""

from pathlib import Path
from urllib.parse import urlsplit

from tests.race import clients, unguarded, verdict, world
from tests.race.wishes import Planner
from tests.web_server import serving

WORKERS = 4
_PRODUCTION = {
    "WEB_CONCURRENCY": str(WORKERS),
    "TRUSTED_HOSTS": "127.0.0.1",
    "PUBLIC_BASE_URL": "https://lessons.example.com",
    "BCRYPT_ROUNDS": "12",
}


def race(url: str, folder: Path, attempts: int, *, is_guarded: bool) -> verdict.Verdict:
    """Migrate and fill an empty database, race on it, and count."""
    stage = world.populated(url, attempts)
    if not is_guarded:
        unguarded.take_out_guards(url)
    plans = Planner(stage.today, stage.teachers, len(stage.tokens), clients.ALL).plans(attempts)
    application = "wsgi:app" if is_guarded else "tests.race.unguarded:make_app()"
    with serving(
        url, folder, environment="production", application=application, variables=_PRODUCTION
    ) as server:
        port = urlsplit(server.address).port
        assert port is not None
        answers = clients.send_all(port, stage.tokens, plans)
    log = server.log.read_bytes().splitlines()
    complaints = [line.decode(errors="replace") for line in log if clients.COMPLAINTS.search(line)]
    return verdict.Verdict(
        database="sqlite" if url.startswith("sqlite") else "postgresql",
        is_guarded=is_guarded,
        answers=answers,
        pairs=verdict.pairs_in(url),
        stored=verdict.stored_in(url),
        log_faults=[*complaints, *server.faults()],
    )
