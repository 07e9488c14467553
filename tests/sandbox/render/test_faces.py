from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, UnidentifiedImageError

from sandbox.photos import photo
from sandbox.render.faces import count_faces, find_faces


@pytest.mark.parametrize(("name", "faces"), [("ada", 1), ("ben", 1), ("coffee", 0), ("cat", 0)])
def test_the_bundled_people_have_faces_and_the_other_pictures_none(name: str, faces: int) -> None:
    """A face is found in the photos of people, and none in those of a cup and a cat."""
    assert count_faces(photo(name)) == faces


def test_a_photo_that_lies_on_its_side_is_turned_first() -> None:
    """A face is found in a photo that is upright only by its EXIF data."""
    with Image.open(BytesIO(photo("ada"))) as picture:
        lying = picture.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    data = BytesIO()
    lying.save(data, "JPEG", exif=exif)
    assert count_faces(data.getvalue()) == 1


def test_a_face_is_found_where_it_is() -> None:
    """The face's position is given as fractions of the image."""
    with Image.open(BytesIO(photo("ada"))) as picture:
        face = find_faces(picture)[0]
    assert face.x == pytest.approx(0.43, abs=0.04)
    assert face.y == pytest.approx(0.24, abs=0.04)


def test_two_faces_are_two() -> None:
    """Two people in one photo count as two."""
    both = Image.new("RGB", (1024, 512))
    for index, name in enumerate(("ada", "ben")):
        with Image.open(BytesIO(photo(name))) as picture:
            both.paste(picture, (512 * index, 0))
    data = BytesIO()
    both.save(data, "JPEG")
    assert count_faces(data.getvalue()) == 2


def test_what_is_no_picture_has_no_faces_to_count() -> None:
    """Bytes that are not an image raise Pillow's own error."""
    with pytest.raises(UnidentifiedImageError):
        count_faces(b"no picture")


@pytest.mark.parametrize("name", ["ada", "ben", "coffee", "cat"])
def test_the_bundled_pictures_are_small(name: str) -> None:
    """Each bundled photo is a JPEG, 512 pixels wide and at most 60 kB."""
    data = photo(name)
    assert len(data) <= 60_000
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.width) == ("JPEG", 512)
