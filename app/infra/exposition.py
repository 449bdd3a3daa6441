"""Figures in the text format that Prometheus reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from app.infra.metrics import BOUNDS, OperationFigures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "instainstru_"
Labels = Mapping[str, str]


@dataclass
class Exposition:
    """Collects families of samples; each name is given once."""

    _lines: list[str] = field(default_factory=list)

    def counter(self, name: str, help_: str, samples: Iterable[tuple[Labels, float]]) -> None:
        """Something that only grows; the name ends in ``_total``."""
        self._family(name, "counter", help_)
        self._samples(name, samples)

    def gauge(self, name: str, help_: str, value: float) -> None:
        """Something that goes up and down."""
        self._family(name, "gauge", help_)
        self._samples(name, [({}, value)])

    def durations(
        self, name: str, help_: str, samples: Iterable[tuple[Labels, OperationFigures]]
    ) -> None:
        """A histogram of seconds."""
        self._family(name, "histogram", help_)
        for labels, figures in samples:
            bounds = [*(f"{each:g}" for each in BOUNDS), "+Inf"]
            sums = zip(bounds, accumulate(figures.classes), strict=True)
            self._samples(f"{name}_bucket", [({**labels, "le": le}, n) for le, n in sums])
            self._samples(f"{name}_sum", [(labels, figures.total_seconds)])
            self._samples(f"{name}_count", [(labels, figures.count)])

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def _family(self, name: str, kind: str, help_: str) -> None:
        self._lines += [f"# HELP {PREFIX}{name} {help_}", f"# TYPE {PREFIX}{name} {kind}"]

    def _samples(self, name: str, samples: Iterable[tuple[Labels, float]]) -> None:
        self._lines += [f"{PREFIX}{name}{_braces(labels)} {value!r}" for labels, value in samples]


def _braces(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items()) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
