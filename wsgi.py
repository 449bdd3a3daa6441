"""What the server loads."""

import os

from app import create_app
from config import Settings

os.umask(0o077)  # what this writes, the embedded database above all, is its owner's alone

app = create_app(Settings.from_env())
