"""Why Kling made no video: its codes and its sentences, sorted into the few kinds that a person can do something about.

If it gives no code, or a general one, the sentence decides.
"""

from __future__ import annotations

import re

from video.services.failure_codes import KINDS_BY_CODE, iter_codes, known_code
from video.services.failure_patterns import iter_sentences, kind_of, photo_of
from video.services.protocol import Failure, FailureKind
from video.services.redact import log_line

_RETIRED = re.compile(
    r"effect[ _]?scene"
    r"|\b(unknown|unsupported|invalid|no such) effect"
    r"|\beffect\b.{0,60}(not (exist|found|support|available|valid)|does ?n[o']t exist|offline|retired|discontinued)",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(r"\b(duration|mode|model_name)\b", re.IGNORECASE)  # the scene is known, the rest is wrong


def classify_failure(reasons: object, default: FailureKind = FailureKind.OTHER) -> Failure:
    """Return what Kling's reason means.

    Args:
        reasons: what tells it, with its codes and sentences: any JSON.
        default: the kind if nothing in it is known.
    """
    code = known_code(reasons)
    if code is None:
        code = next(iter_codes(reasons), None)
    message = ". ".join(dict.fromkeys(sentence for sentence in iter_sentences(reasons) if sentence.strip()))
    kind = KINDS_BY_CODE.get(code) if code is not None else None
    detail = f"code {code}: {message}" if isinstance(code, int) and code else message
    return Failure(kind or _kind_by_message(message) or default, log_line(detail), photo_of(message))


def _kind_by_message(message: str) -> FailureKind | None:
    if _RETIRED.search(message):
        return None if _OTHER_FIELD.search(message) else FailureKind.RETIRED
    return kind_of(message)
