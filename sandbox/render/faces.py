"""Faces in a photo, found with dlib's HOG detector."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import dlib
import numpy as np
from PIL import Image, ImageOps

LOOKED_AT = 800
"""The longer side, in pixels, at which a photo is looked at: faces from about 80 pixels there are found."""

_SURE = 0.3  # below this the detector sees faces in badges and buttons
_one_at_a_time = threading.Lock()  # a detector keeps the picture that it works on


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its middle and its width, as parts (0 to 1) of the picture's width and height.

    Attributes:
        x: the middle, from the left.
        y: the middle, from the top.
        size: the width as a part of the picture's width.
    """

    x: float
    y: float
    size: float


@cache
def _detector() -> Any:
    return dlib.get_frontal_face_detector()


def find_faces(picture: Image.Image) -> list[Face]:
    """The faces in `picture`, the surest first."""
    scale = LOOKED_AT / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    grey = np.asarray(picture.convert("L").resize(size))
    with _one_at_a_time:
        boxes, scores, _ = _detector().run(grey, 0, _SURE)
    found = sorted(zip(scores, boxes, strict=True), key=lambda pair: -pair[0])
    return [
        Face(
            x=(box.left() + box.right()) / 2 / size[0],
            y=(box.top() + box.bottom()) / 2 / size[1],
            size=box.width() / size[0],
        )
        for _, box in found
    ]


def count_faces(photo: bytes) -> int:
    """How many faces look out of `photo`. About 0.05 seconds; the first call takes 0.3 seconds more.

    Raises:
        PIL.UnidentifiedImageError: `photo` is no picture.
    """
    with Image.open(BytesIO(photo)) as picture:
        picture.draft("L", (LOOKED_AT, LOOKED_AT))
        return len(find_faces(ImageOps.exif_transpose(picture)))
