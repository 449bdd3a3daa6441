"""What the server loads."""

import os

from app import create_app
from config import BadSetting, Settings

os.umask(0o077)  # what this writes, the embedded database above all, is its owner's alone

try:
    settings = Settings.from_env()
except BadSetting as fault:
    raise SystemExit(f"Cannot start: {fault}") from fault

app = create_app(settings)
