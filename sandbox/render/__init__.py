"""Renders a real MP4 from the photos: a preview of what the paid service would make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.render.camera_moves import camera_move
from sandbox.render.expansion import expansion
from sandbox.render.image_to_video import image_to_video
from sandbox.render.mp4 import FPS, encode_mp4
from sandbox.render.shapes import watermark
from sandbox.render.sound import synthesise
from sandbox.render.squish import squish
from sandbox.render.two_people import fight, heart_gesture, hug, kiss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PIL import Image

_SCENES = {
    "hug": hug,
    "kiss": kiss,
    "heart_gesture": heart_gesture,
    "fight": fight,
    "squish": squish,
    "expansion": expansion,
    "image_to_video": image_to_video,
}

_DRAWN_AS = {"eternal_kiss": "kiss", "snow_night_kiss": "kiss"}


def render(scene: str, photos: Sequence[bytes], *, seconds: float = 5, size: int = 480, fast: bool = False) -> bytes:
    """Return an MP4 of `scene` (the service's name of it): 24 frames a second, H.264 with AAC sound.

    The same arguments give the same bytes. It takes about half of `seconds` on one core: call it in a thread.

    Args:
        scene: one of the six main scenes (or its newer name, `hug_pro`), `image_to_video`, or any other name, which
            gets a simple camera move over one photo, or a fade from one photo to the other.
        photos: JPEG, PNG or whatever Pillow reads. Of two people, the first one stands on the left. Of an
            `image_to_video` they are the first and the last frame.
        seconds: the length of the video.
        size: its longer side in pixels.
        fast: one second at 160 pixels, for tests that need a video but do not look at it.

    Raises:
        PIL.UnidentifiedImageError: a photo is not an image.
    """
    if fast:
        seconds, size = 1, 160
    frame_at = _frames(scene, photos, size)
    pixels = frame_at(0).size
    count = max(1, round(seconds * FPS))
    return encode_mp4(_watermarked_frames(frame_at, pixels, count), pixels, synthesise(_drawn_as(scene), count / FPS))


def _drawn_as(scene: str) -> str:
    """Return the name under which a scene is drawn here: services number and rename theirs."""
    return _DRAWN_AS.get(scene, scene.removesuffix("_pro"))


def _frames(scene: str, photos: Sequence[bytes], size: int) -> Callable[[float], Image.Image]:
    if scene_frames := _SCENES.get(_drawn_as(scene)):
        return scene_frames(photos, size)
    return image_to_video(photos, size) if len(photos) > 1 else camera_move(scene, photos, size)


def _watermarked_frames(
    frame_at: Callable[[float], Image.Image], size: tuple[int, int], count: int
) -> Iterator[Image.Image]:
    label = watermark(size)
    corner = (max(0, size[0] - label.width - 4), max(0, size[1] - label.height - 4))
    for index in range(count):
        frame = frame_at(index / count)
        frame.alpha_composite(label, corner)
        yield frame.convert("RGB")
