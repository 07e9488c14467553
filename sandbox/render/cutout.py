"""A person cut out of a photo like a sticker: head and shoulders, with a white edge and a soft shadow."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from sandbox.render.faces import Face, find_faces

_SUPERSAMPLING = 2  # drawn this many times larger and scaled down, for smooth edges
_BELOW_FRAME = 0.12  # the fraction of a cut-out that is below the frame
_ABOVE, _BELOW, _BESIDE = 1.45, 2.75, 1.9  # the margins around the face, in face widths


@dataclass(frozen=True, slots=True)
class Cutout:
    """A sticker of a person, or of whatever the photo shows if it has no face.

    Attributes:
        sprite: the image, RGBA, of about the height asked for plus an edge.
        pivot: the foot in the sprite's pixels, a little above the bottom so that the person can lean.
        head: the height of the middle of the head above the foot, in pixels.
        half_width: half of the width at the shoulders, in pixels.
        sleeve: a piece of the clothes, RGB.
        skin: the colour of the cheeks.
    """

    sprite: Image.Image
    pivot: tuple[float, float]
    head: float
    half_width: float
    sleeve: Image.Image
    skin: tuple[int, int, int]


def cut_out(picture: Image.Image, tall: int) -> Cutout:
    """Cut out the person in `picture`, about `tall` pixels high."""
    faces = find_faces(picture)
    face = max(faces, key=lambda one: one.size) if faces else None
    box = _face_box(picture, face) if face else _centre_box(picture)
    scale = tall * _SUPERSAMPLING / (box[3] - box[1])
    size = (max(2, round((box[2] - box[0]) * scale)), tall * _SUPERSAMPLING)
    body = picture.resize(size, Image.Resampling.BICUBIC, box)
    edge = max(2, tall // 60) * _SUPERSAMPLING
    shape = Image.new("L", size)
    draw = ImageDraw.Draw(shape)
    if face:
        x, y = (face.x * picture.width - box[0]) * scale, (face.y * picture.height - box[1]) * scale
        _draw_bust(draw, x, y, face.size * picture.width * scale)
    else:
        x, y = size[0] / 2, size[1] * 0.4
        draw.rounded_rectangle((0, 0, size[0] - 1, size[1] * 2), radius=size[0] // 6, fill=255)
    sprite = _sticker(body, shape, edge)
    return Cutout(
        sprite=sprite,
        pivot=((x + 2 * edge) / _SUPERSAMPLING, sprite.height - tall * _BELOW_FRAME),
        head=(size[1] - y) / _SUPERSAMPLING - tall * _BELOW_FRAME,
        half_width=_half_width(shape) / _SUPERSAMPLING,
        sleeve=_square_around(body, x - _half_width(shape) * 0.62, size[1] * 0.88, size[1] * 0.1),
        skin=_median_colour(_square_around(body, x, y + size[1] * 0.03, size[1] * 0.05)),
    )


def _face_box(picture: Image.Image, face: Face) -> tuple[float, float, float, float]:
    x, y, wide = face.x * picture.width, face.y * picture.height, face.size * picture.width
    return (
        max(0.0, x - _BESIDE * wide),
        max(0.0, y - _ABOVE * wide),
        min(float(picture.width), x + _BESIDE * wide),
        min(float(picture.height), y + _BELOW * wide),
    )


def _centre_box(picture: Image.Image) -> tuple[float, float, float, float]:
    wide = min(picture.width, picture.height * 0.8)
    tall = min(picture.height, wide * 1.4)
    left, top = (picture.width - wide) / 2, (picture.height - tall) / 2
    return (left, top, left + wide, top + tall)


def _draw_bust(draw: ImageDraw.ImageDraw, x: float, y: float, wide: float) -> None:
    """Draw head, neck and shoulders of a person whose face is `wide` pixels wide, with its middle at (x, y)."""
    up = y - 0.2 * wide
    draw.ellipse((x - 0.88 * wide, up - 1.03 * wide, x + 0.88 * wide, up + 1.03 * wide), fill=255)
    draw.ellipse((x - 1.75 * wide, y + 0.72 * wide, x + 1.75 * wide, y + 6 * wide), fill=255)


def _sticker(body: Image.Image, shape: Image.Image, edge: int) -> Image.Image:
    full_size = (body.width + 4 * edge, body.height + 3 * edge)
    mask = Image.new("L", full_size)
    mask.paste(shape, (2 * edge, 2 * edge))
    mask.paste(shape.crop((0, shape.height - 1, shape.width, shape.height)).resize((shape.width, edge)),
               (2 * edge, full_size[1] - edge))  # fmt: skip
    wide = mask.filter(ImageFilter.GaussianBlur(edge * 0.6)).point(lambda level: 255 if level > 14 else 0)
    shadow = wide.filter(ImageFilter.GaussianBlur(edge)).point(lambda level: level * 2 // 5)
    sprite = Image.new("RGBA", full_size, (30, 20, 30, 0))
    sprite.putalpha(shadow)
    sprite.alpha_composite(_masked(Image.new("RGB", full_size, (255, 255, 255)), wide))
    inside = ImageChops.multiply(mask, mask)
    photo = Image.new("RGB", full_size, (255, 255, 255))
    photo.paste(body, (2 * edge, 2 * edge))
    photo.paste(body.crop((0, body.height - 1, body.width, body.height)).resize((body.width, edge)),
                (2 * edge, full_size[1] - edge))  # fmt: skip
    sprite.alpha_composite(_masked(photo, inside))
    return sprite.resize((full_size[0] // _SUPERSAMPLING, full_size[1] // _SUPERSAMPLING), Image.Resampling.BOX)


def _masked(colours: Image.Image, mask: Image.Image) -> Image.Image:
    layer = colours.convert("RGBA")
    layer.putalpha(mask)
    return layer


def _half_width(shape: Image.Image) -> float:
    bounds = shape.getbbox() or (0, 0, shape.width, shape.height)
    return (bounds[2] - bounds[0]) / 2


def _square_around(picture: Image.Image, x: float, y: float, reach: float) -> Image.Image:
    """Return the square of `picture` around (x, y), moved inside if it sticks out."""
    left = min(max(0.0, x - reach), picture.width - 2.0)
    top = min(max(0.0, y - reach), picture.height - 2.0)
    right, bottom = min(picture.width, left + 2 * reach), min(picture.height, top + 2 * reach)
    return picture.crop(
        (round(left), round(top), max(round(left) + 2, round(right)), max(round(top) + 2, round(bottom)))
    )


def _median_colour(picture: Image.Image) -> tuple[int, int, int]:
    red, green, blue = (round(level) for level in ImageStat.Stat(picture).median)
    return red, green, blue
