"""Flask-Caching as the cache's backend: in the process, or Redis where there is one."""

from collections.abc import Mapping, Sequence
from typing import Any

from cachelib.serializers import BaseSerializer
from flask import Flask
from flask_caching.backends.base import BaseCache
from flask_caching.backends.rediscache import RedisCache

from app.extensions import cache
from app.infra.cache_backends import CacheBackend
from config import REDIS_OPTIONS, Settings

PREFIX = "instainstru:1:"
"""The number goes up when the form of what is kept changes."""
KEPT_MAX = 1000
"""Values in one process; the longest answers have some 30 kB."""
RAISE = """
for i, key in ipairs(KEYS) do
  local number = tonumber(ARGV[i])
  if number > (tonumber(redis.call('GET', key) or '-1') or -1) then
    redis.call('SET', key, ARGV[i], 'EX', ARGV[#ARGV])
  end
end
"""


class TextSerializer(BaseSerializer):
    """Texts as they are. The library's own choice runs what it reads, whoever wrote it."""

    def dumps(self, value: str, protocol: int = 0) -> bytes:  # noqa: ARG002 the library's signature
        return value.encode()

    def loads(self, bvalue: bytes | None) -> str | None:
        return None if bvalue is None else bvalue.decode(errors="replace")


class SharedCache(RedisCache):
    """Redis, with the one step more that generations need."""

    def raise_to(self, numbers: Mapping[str, int], seconds: int) -> None:
        """Store whole numbers where they are greater than what is there, each in one step."""
        script = self._write_client.register_script(RAISE)
        keys = [f"{self.key_prefix}{key}" for key in numbers]
        script(keys=keys, args=[*numbers.values(), seconds])


class FlaskCachingBackend:
    """What Flask-Caching calls a cache, as the services know it."""

    def __init__(self, kept: BaseCache) -> None:
        self._kept = kept

    def get_many(self, keys: Sequence[str]) -> Sequence[str | None]:
        found: Sequence[str | None] = self._kept.get_many(*keys)
        return found

    def set_many(self, texts: Mapping[str, str], seconds: int) -> None:
        self._kept.set_many(dict(texts), seconds)

    def delete(self, key: str) -> None:
        self._kept.delete(key)


class SharedFlaskCachingBackend(FlaskCachingBackend):
    """The same over Redis, which all processes see."""

    _kept: SharedCache

    def raise_to(self, numbers: Mapping[str, int], seconds: int) -> None:
        self._kept.raise_to(numbers, seconds)

    def count_up(self, key: str) -> None:
        self._kept.inc(key)


def backend_of(app: Flask, settings: Settings) -> CacheBackend:
    """The backend of this application's settings."""
    options: dict[str, Any] = {
        "CACHE_TYPE": "SimpleCache",
        "CACHE_THRESHOLD": KEPT_MAX,
        "CACHE_KEY_PREFIX": PREFIX,
        "CACHE_SERIALIZER": TextSerializer,
    }
    if settings.redis_url:
        options["CACHE_TYPE"] = f"{__name__}.{SharedCache.__name__}"
        options["CACHE_REDIS_URL"] = settings.redis_url
        options["CACHE_OPTIONS"] = dict(REDIS_OPTIONS)
    cache.init_app(app, options)
    kept = app.extensions["cache"][cache]
    return (SharedFlaskCachingBackend if settings.redis_url else FlaskCachingBackend)(kept)
