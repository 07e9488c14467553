"""The scenes of two people: hug, kiss, heart_gesture and fight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from sandbox.render.canvas import Pose, draw_sprite, smoothstep
from sandbox.render.couple import Arms, Couple, Stance
from sandbox.render.shapes import burst, heart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    FrameAt = Callable[[float], Image.Image]
    """From a moment (0 to 1) of the video to its frame, RGBA."""

_WARM = (255, 176, 84)
_PINK = (255, 110, 160)
_RED_GLOVE = (206, 28, 36)
_BLOWS = ((0.2, "POW!"), (0.4, "BAM!"), (0.58, "BOP!"), (0.76, "POW!"))


def hug(photos: Sequence[bytes], longest: int) -> FrameAt:
    """They move together, put an arm around each other, squeeze and sway in a warm glow."""
    couple = Couple(photos, longest)
    arms = Arms(couple, 0.56)

    def frame(at: float) -> Image.Image:
        near = smoothstep(at, 0.05, 0.42)
        held = smoothstep(at, 0.4, 0.6)
        squeeze = held * (0.55 + 0.45 * math.sin((at - 0.6) * 22))
        aside = 0.3 - 0.125 * near - 0.02 * squeeze
        sway = 2.5 * held * math.sin((at - 0.55) * 13)
        left = Stance(aside, 7 * held + sway, 0, 1 - 0.05 * squeeze, 1 + 0.025 * squeeze)
        right = Stance(aside, 7 * held - sway, 0, 1 - 0.05 * squeeze, 1 + 0.025 * squeeze)
        canvas = couple.background(_WARM, 0.15 + 0.75 * held)
        couple.draw(canvas, 1, right)
        couple.draw(canvas, 0, left)
        raised = -86 + 84 * smoothstep(at, 0.28, 0.58) + 3 * squeeze
        arms.draw(canvas, 1, right, raised=raised - 10)
        arms.draw(canvas, 0, left, raised=raised)
        return canvas

    return frame


def kiss(photos: Sequence[bytes], longest: int) -> FrameAt:
    """They move together and lean in until their faces meet; small hearts rise."""
    couple = Couple(photos, longest)
    hearts = [heart(max(6, round(longest * part))) for part in (0.05, 0.07, 0.09)]

    def frame(at: float) -> Image.Image:
        near = smoothstep(at, 0.05, 0.4)
        met = smoothstep(at, 0.36, 0.52)
        peck = met * max(0.0, math.sin((at - 0.5) * 16)) * 0.012
        aside = 0.3 - 0.05 * near - peck
        lean = Stance(aside, 4 * near + 13 * met, 0.0, 1.0, 1.0)
        canvas = couple.background(_PINK, 0.1 + 0.75 * met)
        couple.draw(canvas, 1, lean)
        couple.draw(canvas, 0, lean)
        x, y = couple.between_heads(lean, lean)
        _draw_rising_hearts(canvas, hearts, (x, y - longest * 0.02), at - 0.46, longest)
        return canvas

    return frame


def _draw_rising_hearts(
    canvas: Image.Image, hearts: list[Image.Image], start: tuple[float, float], age: float, longest: int
) -> None:
    """Draw the hearts that have risen from `start` since the kiss; `age` is a fraction of the video."""
    for index in range(14):
        life = (age - index * 0.038) / 0.26
        if not 0 < life < 1:
            continue
        sprite = hearts[index % 3]
        spread = math.sin(index * 2.4) * 0.16
        x = start[0] + longest * (spread * life + 0.015 * math.sin(life * 9 + index))
        y = start[1] - longest * 0.42 * life
        grown = min(1.0, life * 5) * (1 - 0.3 * life)
        middle = (sprite.width / 2, sprite.height / 2)
        draw_sprite(canvas, sprite, middle, Pose(x, y, 14 * math.sin(life * 7 + index), grown, grown))


def heart_gesture(photos: Sequence[bytes], longest: int) -> FrameAt:
    """They stand side by side, and a big heart grows between them and beats."""
    couple = Couple(photos, longest)
    arms = Arms(couple, 0.36)
    big = heart(round(longest * 0.4))
    middle = (big.width / 2, big.height / 2)

    def frame(at: float) -> Image.Image:
        near = smoothstep(at, 0.02, 0.3)
        grown = smoothstep(at, 0.25, 0.6)
        beat = grown * max(0.0, math.sin(at * 38)) ** 3 * 0.09
        bounce = 0.12 * math.sin(grown * math.pi)
        tilt = -5 * grown + 3 * math.sin(at * 12) * grown
        aside = 0.31 - 0.06 * near + 0.035 * grown
        canvas = couple.background(_PINK, 0.15 + 0.6 * grown + beat * 2)
        couple.draw(canvas, 1, Stance(aside, tilt))
        couple.draw(canvas, 0, Stance(aside, tilt))
        scale = grown + beat + bounce
        if grown > 0.02:
            at_x, at_y = couple.size[0] * 0.5, couple.size[1] * (0.62 - 0.08 * grown)
            draw_sprite(canvas, big, middle, Pose(at_x, at_y, 5 * math.sin(at * 9), scale, scale))
        for who in (1, 0):
            arms.draw(canvas, who, Stance(aside, tilt), raised=-86 + 92 * smoothstep(at, 0.15, 0.45) + 60 * beat)
        return canvas

    return frame


def fight(photos: Sequence[bytes], longest: int) -> FrameAt:
    """They rush at each other with boxing gloves and bounce off; the frame shakes at each blow."""
    couple = Couple(photos, longest)
    gloves = Arms(couple, 0.34, glove=_RED_GLOVE)
    bursts = [burst(round(longest * 0.5), word, turn=at * 200) for at, word in _BLOWS]

    def frame(at: float) -> Image.Image:
        blow, since = _latest_blow(at)
        hit = math.exp(-max(0.0, since) * 18) if since >= 0 else 0.0
        rush = _rush(at)
        hurt = blow % 2 if blow >= 0 else -1
        canvas = couple.background((255, 70, 40), 0.1 + 0.8 * hit)
        leans = [_boxer_stance(at, rush, hit if who == hurt else 0.3 * hit, who) for who in (0, 1)]
        for who in (1, 0):
            couple.draw(canvas, who, leans[who])
        punching = 1 - hurt if hurt >= 0 else int(at > _BLOWS[0][0] / 2)
        for who in (0, 1):
            out = -0.1 + 0.45 * rush * (1.0 if who == punching else 0.3)
            gloves.draw(canvas, who, leans[who], raised=24 + 9 * math.sin(at * 40 + who), reach=out)
        if hit > 0.12:
            sprite, grown = bursts[blow], 0.55 + 0.55 * min(1.0, since * 22)
            x, y = couple.between_heads(*leans)
            draw_sprite(canvas, sprite, (sprite.width / 2, sprite.height / 2), Pose(x, y, 0, grown, grown))
        return _shake(canvas, hit, at, longest)

    return frame


def _latest_blow(at: float) -> tuple[int, float]:
    """Return the index of the last blow (-1 if there was none yet) and the time since then."""
    fallen = [index for index, (moment, _) in enumerate(_BLOWS) if moment <= at]
    return (fallen[-1], at - _BLOWS[fallen[-1]][0]) if fallen else (-1, -1.0)


def _rush(at: float) -> float:
    """Return 0 for far apart to 1 at the moment of a blow: a quick rush, a slower bounce back."""
    return max(math.exp(-(((at - moment) / (0.05 if at < moment else 0.085)) ** 2) * 1.4) for moment, _ in _BLOWS)


def _boxer_stance(at: float, rush: float, hurt: float, who: int) -> Stance:
    hop = abs(math.sin(at * 26 + who * 1.5)) * 0.03 * (1 - rush)
    return Stance(0.29 - 0.12 * rush + 0.05 * hurt, 10 * rush - 30 * hurt, hop, 1 + 0.08 * hurt, 1 - 0.1 * hurt)


def _shake(canvas: Image.Image, hit: float, at: float, longest: int) -> Image.Image:
    reach = hit * longest * 0.03
    x, y = round(reach * math.sin(at * 410)), round(reach * math.cos(at * 530))
    return ImageChops.offset(canvas, x, y) if x or y else canvas
