"""What the server loads."""

from app import create_app
from config import Settings

app = create_app(Settings.from_env())
