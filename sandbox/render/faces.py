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

DETECTION_SIDE = 800
"""The longer side, in pixels, at which photos are searched; faces from about 80 pixels there are found."""

_MIN_SCORE = 0.3  # with a lower score the detector finds faces in badges and buttons
_detector_lock = threading.Lock()  # a detector is not thread-safe


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its middle and its width, as fractions of the image's width and height.

    Attributes:
        x: the middle, from the left.
        y: the middle, from the top.
        size: the width as a fraction of the image's width.
    """

    x: float
    y: float
    size: float


@cache
def _detector() -> Any:
    return dlib.get_frontal_face_detector()


def find_faces(picture: Image.Image) -> list[Face]:
    """Return the faces in `picture`, the most certain first."""
    scale = DETECTION_SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    grey = np.asarray(picture.convert("L").resize(size))
    with _detector_lock:
        boxes, scores, _ = _detector().run(grey, 0, _MIN_SCORE)
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
    """Return the number of faces in a photo. It takes about 0.05 seconds, and the first call 0.3 seconds more.

    Raises:
        PIL.UnidentifiedImageError: the photo is not an image.
    """
    with Image.open(BytesIO(photo)) as picture:
        picture.draft("L", (DETECTION_SIDE, DETECTION_SIDE))
        return len(find_faces(ImageOps.exif_transpose(picture)))
