"""Photos are prepared in processes that are used again, bounded in time, memory and number, and killed if need be."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.photo_processes import CEILING_S, is_running, photo_processes, until
from tests.video.photos.sample_images import encode, quarters
from video.photos.limits import MAX_MEMORY_BYTES, UnusablePhoto, UnusableReason
from video.photos.process_pool import PhotoProcessError, PhotoProcessPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PHOTO = encode(quarters(), "JPEG")

_FAKE = """
import os, struct, sys, time
def send(kind, body=b""):
    os.write(1, struct.pack(">cI", kind, len(body)) + body)
def read():
    length = struct.unpack(">cI", sys.stdin.buffer.read(5))[1]
    return sys.stdin.buffer.read(length)
def hang():
    while True:
        time.sleep(3600)
with open({log!r}, "a") as log:
    log.write(str(os.getpid()) + "\\n")
"""


class Fake:
    """What is started in place of a photo process: a script, which notes each of its starts."""

    def __init__(self, folder: Path, script: str) -> None:
        self._log = folder / "started"
        self.command = [sys.executable, "-S", "-E", "-c", _FAKE.format(log=str(self._log)) + script]

    @property
    def started(self) -> list[bool]:
        """Whether each process that was started still runs."""
        lines = self._log.read_text("ascii").split() if self._log.exists() else []
        return [is_running(int(line)) for line in lines]


HANGS = "send(b'R'); read(); hang()"


async def refusal(pool: PhotoProcessPool, data: bytes) -> UnusableReason:
    """Return why a photo is refused."""
    with pytest.raises(UnusablePhoto) as caught:
        await pool.prepare(data)
    return caught.value.reason


@pytest.fixture
async def new_pool() -> AsyncIterator[Callable[..., PhotoProcessPool]]:
    """Yield a function that makes pools, which are closed at the end."""
    pools: list[PhotoProcessPool] = []

    def make(fake: Fake | None = None, **options: float) -> PhotoProcessPool:
        size = int(options.pop("size", 2))
        pools.append(PhotoProcessPool(size=size, command=fake.command if fake else None, **options))
        return pools[-1]

    yield make
    for pool in pools:
        await pool.aclose()


# ---------------------------------------------------------------- as it should be
async def test_row_42_a_process_is_used_again(pool: PhotoProcessPool) -> None:
    """No process runs before the first photo, and one is enough for photos that come one after the other."""
    assert photo_processes() == []
    first = await pool.prepare(PHOTO)
    (process,) = photo_processes()
    assert first.startswith(b"\xff\xd8")
    for _ in range(5):
        assert await pool.prepare(PHOTO) == first
    assert photo_processes() == [process]


async def test_row_42_reasons_come_back_as_values(pool: PhotoProcessPool) -> None:
    """A photo that is refused is refused with its reason, and the process goes on."""
    assert await refusal(pool, b"no picture") is UnusableReason.NOT_A_PICTURE
    assert await refusal(pool, encode(quarters(20, 20))) is UnusableReason.TOO_SMALL
    assert await refusal(pool, PHOTO[:500]) is UnusableReason.CUT_SHORT
    assert await refusal(pool, b"") is UnusableReason.EMPTY
    assert await refusal(pool, PHOTO + bytes(21 * 1024 * 1024)) is UnusableReason.TOO_BIG
    assert len(photo_processes()) == 1
    assert await pool.prepare(PHOTO)


async def test_row_42_the_event_loop_goes_on(pool: PhotoProcessPool) -> None:
    """The bot does other things while photos are prepared."""
    turns = 0
    photos = [asyncio.create_task(pool.prepare(encode(quarters(3000, 2000)))) for _ in range(3)]
    while not all(task.done() for task in photos):
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10
    assert len({task.result() for task in photos}) == 1


async def test_row_42_idle_processes_end(new_pool: Callable[..., PhotoProcessPool]) -> None:
    """A process for which there is nothing to do ends, and another is started for the next photo."""
    pool = new_pool(idle_seconds=0, deadline=CEILING_S)
    assert await pool.prepare(PHOTO)
    await until(lambda: photo_processes() == [])
    assert await pool.prepare(PHOTO)


async def test_row_42_a_process_has_nothing_of_the_bot(pool: PhotoProcessPool) -> None:
    """A photo process is given no environment that holds a secret, few open files, and limited memory."""
    os.environ["PHOTO_TEST_TOKEN"] = "secret"
    try:
        await pool.prepare(PHOTO)
    finally:
        del os.environ["PHOTO_TEST_TOKEN"]
    (process,) = photo_processes()
    assert "secret" not in str(process.environ())
    soft, hard = process.rlimit(psutil.RLIMIT_AS)
    assert MAX_MEMORY_BYTES < soft == hard < 3 * MAX_MEMORY_BYTES
    assert process.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)


async def test_row_42_a_photo_process_does_not_load_the_bot(pool: PhotoProcessPool) -> None:
    """A photo process takes little memory at rest: it has loaded none of the bot's packages."""
    await pool.prepare(PHOTO)
    (process,) = photo_processes()
    mapped = {Path(one.path).name for one in process.memory_maps() if one.path.endswith(".so")}
    assert any("_imaging" in name for name in mapped)
    assert not any("ssl" in name or "sqlite" in name or "pydantic" in name for name in mapped)


# ---------------------------------------------------------------- as it should not be
async def test_row_42_a_photo_that_takes_too_long(new_pool: Callable[..., PhotoProcessPool], tmp_path: Path) -> None:
    """A photo that is not done at its deadline is refused as one with too many pixels, and its process is killed."""
    hangs = Fake(tmp_path, HANGS)
    pool = new_pool(hangs, deadline=0.05)
    assert await refusal(pool, PHOTO) is UnusableReason.TOO_MANY_PIXELS
    await until(lambda: hangs.started == [False])


async def test_row_42_a_process_that_is_stopped(new_pool: Callable[..., PhotoProcessPool]) -> None:
    """A process that the system has stopped is killed at the deadline, as one that is busy."""
    pool = new_pool(deadline=1)
    assert await _prepare_in_time(pool)
    (process,) = photo_processes()
    process.suspend()
    assert await refusal(pool, PHOTO) is UnusableReason.TOO_MANY_PIXELS
    await until(lambda: process not in photo_processes())


async def test_row_42_a_real_photo_that_takes_too_long(new_pool: Callable[..., PhotoProcessPool]) -> None:
    """A file that passes every bound and still takes seconds is cut off, and the next photo finds a new process."""
    pool = new_pool(deadline=0.5, size=1)
    slow = _slow_bmp()
    assert await refusal(pool, slow) is UnusableReason.TOO_MANY_PIXELS
    await until(lambda: photo_processes() == [])


async def test_row_42_the_same_costly_photo_for_the_third_time(
    new_pool: Callable[..., PhotoProcessPool], tmp_path: Path
) -> None:
    """Who brings the same costly photo thrice is refused at once: no process is started for it any more."""
    hangs = Fake(tmp_path, HANGS)
    pool = new_pool(hangs, deadline=0.05)
    for _ in range(5):
        assert await refusal(pool, PHOTO) is UnusableReason.TOO_MANY_PIXELS
    assert len(hangs.started) == 2
    assert await refusal(pool, PHOTO[:-1] + b"\0") is UnusableReason.TOO_MANY_PIXELS
    assert len(hangs.started) == 3


async def test_row_42_usable_photos_are_not_remembered(pool: PhotoProcessPool) -> None:
    """A photo that is refused for what it shows, and not for what it costs, is looked at each time."""
    for _ in range(4):
        assert await refusal(pool, PHOTO[:500]) is UnusableReason.CUT_SHORT
        assert await pool.prepare(PHOTO)


@pytest.mark.parametrize(
    "script",
    [
        "send(b'R'); read(); os.abort()",
        "send(b'R'); read(); sys.exit(0)",
        "send(b'R'); read(); os.kill(os.getpid(), 11)",
        "send(b'R'); sys.stdin.close(); os.close(0); hang()",
        "send(b'R'); read(); os.close(1); hang()",
        "send(b'R'); read(); os.write(1, b'J\\0\\0'); sys.exit(0)",
        "send(b'R'); read(); os.write(1, b'J\\xff\\xff\\xff\\xff'); hang()",
        "send(b'R'); read(); send(b'?', b'what'); hang()",
        "send(b'R'); read(); send(b'U', b'no such reason'); hang()",
        "send(b'R'); read(); send(b'R'); hang()",
    ],
    ids=["abort", "exit", "segfault", "deaf", "mute", "half a head", "giant", "unknown", "no reason", "wrong answer"],
)
async def test_row_42_a_process_that_dies_of_a_photo(
    new_pool: Callable[..., PhotoProcessPool], tmp_path: Path, script: str
) -> None:
    """A photo that crashes its process, or makes it talk nonsense, is refused, and the process is gone."""
    fake = Fake(tmp_path, script)
    pool = new_pool(fake, deadline=CEILING_S)
    assert await refusal(pool, bytes(300_000)) is UnusableReason.TOO_MANY_PIXELS
    await until(lambda: fake.started == [False])


async def test_row_42_memory_that_does_not_suffice(pool: PhotoProcessPool) -> None:
    """A decoder that asks for more memory than its process may have is refused it, and reports that."""
    await pool.prepare(PHOTO)
    (process,) = photo_processes()
    in_use = process.memory_info().vms
    resource.prlimit(process.pid, resource.RLIMIT_AS, (in_use + 2**24, process.rlimit(psutil.RLIMIT_AS)[1]))
    large = encode(quarters(6000, 4000), compress_level=1)
    assert await refusal(pool, large) is UnusableReason.TOO_MANY_PIXELS
    assert await pool.prepare(PHOTO)


async def test_row_42_a_process_that_died_while_idle(pool: PhotoProcessPool) -> None:
    """A process that somebody else has killed is replaced; no photo is blamed for it."""
    await pool.prepare(PHOTO)
    (process,) = photo_processes()
    process.kill()
    await until(lambda: process not in photo_processes())
    assert await pool.prepare(PHOTO)


@pytest.mark.parametrize("script", ["sys.exit(1)", "send(b'?')", "os.close(1); hang()"])
async def test_row_42_a_process_that_does_not_start(
    new_pool: Callable[..., PhotoProcessPool], tmp_path: Path, script: str
) -> None:
    """If no process can be started, nothing is said of the photo, and it may be tried again."""
    pool = new_pool(Fake(tmp_path, script))
    for _ in range(4):
        with pytest.raises(PhotoProcessError):
            await pool.prepare(PHOTO)


async def test_row_42_a_command_that_does_not_exist() -> None:
    """A command that cannot be executed is an error of its own kind too."""
    pool = PhotoProcessPool(command=["/does/not/exist"])
    with pytest.raises(PhotoProcessError):
        await pool.prepare(PHOTO)
    await pool.aclose()


# ---------------------------------------------------------------- many at once, and the end
async def test_row_42_no_more_processes_than_allowed(new_pool: Callable[..., PhotoProcessPool], tmp_path: Path) -> None:
    """Ten photos at once have two processes; while one of them hangs, the other serves the nine others."""
    first = tmp_path / "first"
    script = f"""
send(b'R')
while True:
    read()
    try:
        os.close(os.open({str(first)!r}, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        send(b'J', b'done')
    else:
        hang()
"""
    fake = Fake(tmp_path, script)
    pool = new_pool(fake, deadline=CEILING_S)
    hanging = asyncio.create_task(pool.prepare(PHOTO))
    await until(first.exists)
    others = await asyncio.gather(*(pool.prepare(PHOTO) for _ in range(9)))
    assert others == [b"done"] * 9
    assert not hanging.done()
    assert len(fake.started) == 2
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging


async def test_row_42_a_cancelled_photo_leaves_no_process(
    new_pool: Callable[..., PhotoProcessPool], tmp_path: Path
) -> None:
    """Who gives up on a photo takes its process along, and the place is free again."""
    hangs = Fake(tmp_path, HANGS)
    pool = new_pool(hangs, deadline=CEILING_S, size=1)
    for number in range(1, 3):
        task = asyncio.create_task(pool.prepare(PHOTO))
        await until(partial(_has_started, hangs, number))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: not any(hangs.started))


async def test_row_42_the_end_of_the_pool_is_the_end_of_its_processes(
    new_pool: Callable[..., PhotoProcessPool], tmp_path: Path
) -> None:
    """Closing the pool kills idle processes and busy ones, and waits for neither."""
    hangs = Fake(tmp_path, HANGS)
    busy, idle = new_pool(hangs, deadline=CEILING_S), new_pool(deadline=CEILING_S)
    await idle.prepare(PHOTO)
    task = asyncio.create_task(busy.prepare(PHOTO))
    await until(lambda: hangs.started)
    async with asyncio.timeout(CEILING_S):
        await busy.aclose()
        await idle.aclose()
    with pytest.raises(UnusablePhoto):
        await task
    assert hangs.started == [False]
    assert photo_processes() == []


def _has_started(fake: Fake, times: int) -> bool:
    return len(fake.started) == times


_PARENT = """
import asyncio, sys
from pathlib import Path
from video.photos.process_pool import PhotoProcessPool
async def main():
    pool = PhotoProcessPool(deadline=3600)
    photo = Path(sys.argv[1]).read_bytes()
    await pool.prepare(photo)
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.mark.parametrize("stopped", [False, True])
async def test_row_42_a_killed_bot_leaves_no_process(tmp_path: Path, stopped: bool) -> None:  # noqa: FBT001
    """When the bot is killed its photo processes die with it, also one that hangs."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO)
    root = str(Path(__file__).parents[3])
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _PARENT, str(photo)), env={"PYTHONPATH": root}, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    async with asyncio.timeout(CEILING_S):
        assert await parent.stdout.readline() == b"ready\n"
    (child,) = psutil.Process(parent.pid).children()
    if stopped:
        child.suspend()
    parent.send_signal(signal.SIGKILL)
    await parent.wait()
    await until(lambda: not is_running(child.pid))


def _slow_bmp() -> bytes:
    """Return a BMP whose run lengths Pillow unpacks one by one."""
    runs = b"\x02\x01\x02\x02" * 1_700 + b"\0\0"
    pixels = runs * 2_800
    header = (40).to_bytes(4, "little") + (6_800).to_bytes(4, "little") + (6_800).to_bytes(4, "little")
    header += b"\1\0\x08\0\1\0\0\0" + bytes(16) + b"\0\1\0\0"
    start = (54 + 1024).to_bytes(4, "little")
    return b"BM" + bytes(8) + start + header[:36] + bytes(4) + bytes(1024) + pixels


async def _prepare_in_time(pool: PhotoProcessPool) -> bytes:
    """Prepare the photo, although a busy machine may be too slow for the pool's deadline at first."""
    for number in range(200):
        try:
            return await pool.prepare(encode(quarters(150 + number, 150), "JPEG", quality=50))
        except UnusablePhoto:
            continue
    raise AssertionError("not once in time")
