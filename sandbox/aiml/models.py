"""What the service offers: its 80 scenes, its four models and their prices."""

from __future__ import annotations

from typing import Final

SCENES: Final = (  # noqa: SIM905 - eighty quoted lines would hide the rest
    "magic_fireball pet_moto_rider media_interview pet_lion pet_delivery pet_chef santa_gifts "
    "santa_hug girlfriend boyfriend heart_gesture_1 pet_wizard smoke_smoke thumbs_up "
    "instant_kid dollar_rain cry_cry building_collapse gun_shot mushroom double_gun "
    "pet_warrior lightning_power jesus_hug shark_alert long_hair lie_flat polar_bear_hug "
    "brown_bear_hug jazz_jazz office_escape_plow fly_fly watermelon_bomb pet_dance "
    "boss_coming wool_curly iron_warrior pet_bee marry_me swing_swing day_to_night "
    "piggy_morph wig_out car_explosion ski_ski tiger_hug siblings construction_worker "
    "let's_ride snatched magic_broom felt_felt jumpdrop celebration splashsplash hula "
    "surfsurf fairy_wing angel_wing dark_wing skateskate plushcut jelly_press jelly_slice "
    "jelly_squish jelly_jiggle pixelpixel yearbook instant_film anime_figure rocketrocket "
    "bloombloom dizzydizzy fuzzyfuzzy squish expansion hug kiss heart_gesture fight"
).split()
"""The vendor's `effect_scene` enum, in its order."""

TWO_PHOTOS: Final = frozenset({"hug", "kiss", "heart_gesture", "fight"})
"""The scenes that take exactly two photos."""

NEED_FACES: Final = TWO_PHOTOS
"""The scenes that end in `face_detection_error` without a face in each photo."""

USD_PER_SECOND: Final = {
    "klingai/kling-video-v1.6-standard-effects": 0.045,
    "klingai/kling-video-v1.6-pro-effects": 0.098,
    "kling-video/v1.6/pro/image-to-video": 0.095,
    "klingai/v2-master-image-to-video": 0.28,
}
"""The models, and what a second of video costs. The vendor states no price: fal.ai's stands in for it."""

IMAGE_TO_VIDEO_MODELS: Final = ("kling-video/v1.6/pro/image-to-video", "klingai/v2-master-image-to-video")
"""The models that set a photo in motion as a prompt says; the first one takes a last frame too."""

IMAGE_TO_VIDEO_SCENE: Final = "image_to_video"
"""What the studio is asked for in place of a scene."""

CREDITS_PER_USD: Final = 2_000_000


def price_usd(model: str, seconds: int) -> float:
    """What a video of `seconds` costs, in US dollars."""
    return round(USD_PER_SECOND[model] * seconds, 6)
