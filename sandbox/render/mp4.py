"""Encodes frames and sound as an MP4 file: H.264 and AAC, with the index at the front."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from sandbox.render.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream
    from PIL import Image

    from sandbox.render.sound import Samples

FPS = 24
"""Frames per second."""


def encode_mp4(frames: Iterable[Image.Image], size: tuple[int, int], samples: Samples) -> bytes:
    """Return the MP4 of `frames` (RGB, `size` pixels, both even) with one channel of sound."""
    # FFmpeg can move the index to the front only in a file that can be opened again.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "video.mp4"
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            video, audio = _video_stream(container, size), _audio_stream(container)
            for index, image in enumerate(frames):
                frame = av.VideoFrame.from_ndarray(np.asarray(image), format="rgb24")
                frame.pts, frame.time_base = index, Fraction(1, FPS)
                container.mux(video.encode(frame))
            container.mux(video.encode(None))
            _encode_audio(container, audio, samples)
        return path.read_bytes()


def _video_stream(container: OutputContainer, size: tuple[int, int]) -> VideoStream:
    # With the macroblock tree and lookahead, x264 sometimes makes other bytes of the same frames.
    options = {"preset": "veryfast", "crf": "22", "x264-params": "mbtree=0:rc-lookahead=0:sync-lookahead=0"}
    stream = container.add_stream("libx264", rate=FPS, options=options)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.thread_count = 1  # the same bytes on every machine, and one core at most
    return stream


def _audio_stream(container: OutputContainer) -> AudioStream:
    stream = container.add_stream("aac", rate=SAMPLE_RATE)
    stream.codec_context.layout = "mono"
    stream.codec_context.bit_rate = 64_000
    return stream


def _encode_audio(container: OutputContainer, stream: AudioStream, wave: Samples) -> None:
    step = 1024
    for start in range(0, len(wave), step):
        samples = wave[start : start + step].astype(np.float32)[None, :]
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
