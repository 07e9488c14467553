from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from PIL import Image, UnidentifiedImageError

from sandbox.photos import photo
from sandbox.render import render

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Frame = NDArray[np.int16]

ADA, BEN, COFFEE = photo("ada"), photo("ben"), photo("coffee")
MAIN = {
    "hug": [ADA, BEN],
    "kiss": [ADA, BEN],
    "heart_gesture": [ADA, BEN],
    "fight": [ADA, BEN],
    "squish": [COFFEE],
    "expansion": [COFFEE],
}


def frames(video: bytes) -> list[Frame]:
    with av.open(BytesIO(video), "r") as container:
        return [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in container.decode(video=0)]


def samples(video: bytes) -> NDArray[Any]:
    with av.open(BytesIO(video), "r") as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (400, 400)) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "JPEG")
    return data.getvalue()


def red(frame: Frame) -> NDArray[np.bool_]:
    """Return where the frame is clearly red and not orange."""
    return (frame[..., 0] > 110) & (frame[..., 1] < 70) & (frame[..., 2] < 110)


def spread(where: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the width and the height of an area, in pixels."""
    return int(where.any(axis=0).sum()), int(where.any(axis=1).sum())


def outer_width(band: Frame) -> int:
    """Return the distance from the left edge of the green person to the right edge of the blue one, in pixels."""
    green = (band[..., 1] > 150) & (band[..., 0] < 110)
    blue = (band[..., 2] > 170) & (band[..., 0] < 110)
    return int(np.nonzero(blue)[1].max() - np.nonzero(green)[1].min())


def orange_and_blue(frame: Frame) -> tuple[float, float]:
    """Return the positions of the orange and the blue suit from the left, in pixels."""
    orange = (frame[..., 0] > 160) & (frame[..., 2] < 80)
    blue = (frame[..., 2] > 110) & (frame[..., 0] < 70)
    return float(np.nonzero(orange)[1].mean()), float(np.nonzero(blue)[1].mean())


@pytest.mark.parametrize("scene", MAIN)
def test_each_main_scene_is_a_video_with_sound(scene: str) -> None:
    """Each main effect is an MP4 that plays at once in a chat: H.264 and AAC, index first."""
    video = render(scene, MAIN[scene], fast=True)
    with av.open(BytesIO(video), "r") as container:
        picture, voice = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, voice.codec_context.name) == ("h264", "aac")
        assert max(picture.width, picture.height) == 160
        assert picture.frames == 24
        assert container.duration == pytest.approx(1_000_000, abs=60_000)
    assert video[4:8] == b"ftyp"
    assert video.index(b"moov") < video.index(b"mdat")
    assert 0.02 < np.abs(samples(video)).max() < 0.9


def test_the_same_photos_make_the_same_video() -> None:
    """The same arguments give the same bytes."""
    assert render("hug", [ADA, BEN], fast=True) == render("hug", [ADA, BEN], fast=True)


def test_length_and_size_are_as_asked() -> None:
    """A video has the length and the size that were asked for."""
    with av.open(BytesIO(render("jelly_jiggle", [COFFEE], seconds=2, size=200)), "r") as container:
        assert container.streams.video[0].frames == 48
        assert (container.streams.video[0].width, container.streams.video[0].height) == (200, 134)


def test_the_first_photo_stands_on_the_left() -> None:
    """The person of the first photo is on the left, that of the second on the right."""
    first = frames(render("hug", [ADA, BEN], fast=True))[0]
    swapped = frames(render("hug", [BEN, ADA], fast=True))[0]
    orange, blue = orange_and_blue(first)
    assert orange < blue
    orange, blue = orange_and_blue(swapped)
    assert blue < orange


@pytest.mark.parametrize("scene", ["hug", "kiss", "fight"])
def test_two_people_come_together(scene: str) -> None:
    """In a hug, a kiss and a fight the two people come closer to each other."""
    film = frames(render(scene, [plain((30, 200, 30)), plain((30, 30, 220))], fast=True))
    apart = [outer_width(frame[20:45]) for frame in film]
    assert min(apart) < 0.85 * apart[0]


def test_a_heart_grows_between_two_people() -> None:
    """In the heart gesture a red heart grows in the middle of the frame."""
    film = frames(render("heart_gesture", [plain((90, 90, 90)), plain((80, 90, 100))], fast=True))
    middle = [int(red(frame[:, 50:110]).sum()) for frame in (film[0], film[11], film[20])]
    assert middle[0] == 0
    assert middle[0] < middle[1] < middle[2]


def test_hearts_rise_from_a_kiss() -> None:
    """There are small hearts after the kiss, and none before it."""
    film = frames(render("kiss", [plain((90, 90, 90)), plain((80, 90, 100))], fast=True))
    assert red(film[4]).sum() == 0
    assert red(film[18]).sum() > 20


def test_a_squished_picture_is_flat_and_wide_then_comes_back() -> None:
    """The press makes the clay flatter and wider, and then it wobbles back to its height."""
    film = frames(render("squish", [plain((220, 20, 20))], fast=True))
    rest, pressed, free = (spread(red(film[index])) for index in (0, 8, 14))
    assert pressed[1] < 0.6 * rest[1]
    assert pressed[0] > 1.2 * rest[0]
    assert free[1] > 0.85 * rest[1]


def test_an_expanded_picture_swells_and_rounds() -> None:
    """The balloon grows in both directions and loses its corners."""
    film = frames(render("expansion", [plain((220, 20, 20))], fast=True))
    small, large = red(film[0]), red(film[15])
    assert spread(large)[0] > 1.3 * spread(small)[0]
    assert spread(large)[1] > 1.3 * spread(small)[1]
    fill = [where.sum() / (spread(where)[0] * spread(where)[1]) for where in (small, large)]
    assert fill[0] > 0.9
    assert fill[1] < 0.86


def test_a_photo_in_motion_is_travelled_over() -> None:
    """In image-to-video the camera starts with the whole photo and comes nearer, without sound."""
    video = render("image_to_video", [COFFEE], fast=True)
    shown = frames(video)
    assert np.abs(shown[0] - shown[12]).mean() > 4
    assert np.abs(shown[12] - shown[23]).mean() > 4
    assert np.abs(samples(video)).max() == 0


def test_two_photos_in_motion_are_the_first_frame_and_the_last() -> None:
    """Image-to-video of two photos starts with the first, blends them in the middle, and ends with the second."""
    green, blue = plain((30, 200, 30)), plain((30, 30, 220), (700, 400))
    film = frames(render("image_to_video", [green, blue], fast=True))
    colours = [frame[20:60, 20:140].mean(axis=(0, 1)) for frame in (film[0], film[12], film[23])]
    assert [int(colour[1] > 150) for colour in colours] == [1, 0, 0]
    assert [int(colour[2] > 150) for colour in colours] == [0, 0, 1]
    assert 80 < colours[1][1] < 150
    assert film[0].shape == (160, 160, 3)


def test_every_frame_is_marked() -> None:
    """Every frame has a watermark in the lower right corner: bright letters on a dark plate."""
    for frame in frames(render("jelly_press", [plain((128, 128, 128))], fast=True)):
        corner = frame[-16:, -110:]
        assert corner.max() > 200
        assert corner.min() < 90


def test_other_scenes_move_each_in_its_own_way() -> None:
    """Scenes without a drawing of their own still move, and not all alike."""
    videos = {render(scene, [COFFEE], fast=True) for scene in ("pet_lion", "jelly_press", "fuzzyfuzzy", "hula")}
    assert len(videos) > 1
    for film in videos:
        shown = frames(film)
        assert np.abs(shown[0] - shown[8]).mean() > 2


def test_faceless_photos_can_be_hugged_when_nobody_checks() -> None:
    """Two photos without a face still make a video."""
    assert len(frames(render("hug", [COFFEE, photo("cat")], fast=True))) == 24


@pytest.mark.parametrize("size", [(300, 750), (750, 300), (301, 333), (3000, 2000)])
@pytest.mark.parametrize("scene", ["squish", "expansion", "pet_lion", "kiss", "image_to_video"])
def test_any_shape_of_photo_makes_a_video(scene: str, size: tuple[int, int]) -> None:
    """Narrow, wide, odd and large photos all make videos with even sides."""
    video = render(scene, [plain((40, 90, 160), size)], fast=True)
    with av.open(BytesIO(video), "r") as container:
        assert container.streams.video[0].width % 2 == container.streams.video[0].height % 2 == 0


def test_what_is_no_picture_makes_no_video() -> None:
    """Bytes that are not an image raise Pillow's own error."""
    with pytest.raises(UnidentifiedImageError):
        render("squish", [b"no picture"])
