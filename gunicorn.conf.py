"""How the production server runs."""

import os

from config import BadSetting, Settings

try:
    _settings = Settings.from_env()
except BadSetting as fault:
    raise SystemExit(f"Cannot start: {fault}") from fault

bind = f"127.0.0.1:{_settings.port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))  # gunicorn's own name for it
threads = 4
keepalive = 15
graceful_timeout = 30
timeout = 30
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
accesslog = None
errorlog = "-"
control_socket_disable = True
