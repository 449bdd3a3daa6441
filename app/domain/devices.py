"""On what somebody reads our pages, in two words of our own."""

_BROWSERS = (
    (("edg/", "edga/", "edgios/"), "Edge"),
    (("opr/", "opera"), "Opera"),
    (("samsungbrowser/",), "Samsung Internet"),
    (("firefox/", "fxios/"), "Firefox"),
    (("chrome/", "crios/", "chromium/"), "Chrome"),
    (("safari/",), "Safari"),
)
"""What each says of itself; others say these words of the browsers below them too."""
_SYSTEMS = (
    (("iphone",), "iPhone"),
    (("ipad",), "iPad"),
    (("android",), "Android"),
    (("windows",), "Windows"),
    (("cros ",), "ChromeOS"),
    (("macintosh", "mac os"), "Mac"),
    (("linux", "x11"), "Linux"),
)


def device_of(user_agent: str) -> str | None:
    """Such as ``Firefox on Windows``; null for what is neither a browser nor a system we know.

    No more is kept of what a browser says: it is enough to know one's own devices by, and too
    little to follow anybody.
    """
    said = user_agent[:500].lower()
    browser, system = _first(_BROWSERS, said), _first(_SYSTEMS, said)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system


def _first(known: tuple[tuple[tuple[str, ...], str], ...], said: str) -> str | None:
    return next((name for words, name in known if any(word in said for word in words)), None)
