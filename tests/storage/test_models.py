from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storage import TRANSITIONS, ImageToVideoOptions, State
from storage.models import AT_SERVICE, FINAL
from tests.storage.samples import TRANSITION_METHODS, enqueue, get_draft, new_draft

if TYPE_CHECKING:
    from storage import Store

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"
WAVES = ImageToVideoOptions(
    model="v1.6", prompt="she “waves” \U0001f44b\n", negative_prompt="blur", cfg_scale=0.0, duration=10
)


def edges_in(text: str) -> dict[State, set[State]]:
    """Return the edges of the first mermaid diagram in a document: lines like `queued --> submitting: why`."""
    block = re.search(r"^```mermaid\n\s*stateDiagram-v2\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert block is not None, "no state diagram"
    edges: dict[State, set[State]] = {state: set() for state in State}
    for start, to in re.findall(r"^\s*(\w+)\s*-->\s*(\w+)\s*(?::.*)?$", block[1], re.MULTILINE):
        edges[State(start)].add(State(to))
    return edges


# ---------------------------------------------------------------- states
def test_the_diagram_in_the_documents_matches_the_code() -> None:
    """A developer who reads the state diagram reads exactly the transitions that a job may make."""
    assert edges_in(ARCHITECTURE.read_text("utf-8")) == {state: set(after) for state, after in TRANSITIONS.items()}


def test_only_edges_are_read_from_the_diagram() -> None:
    """Start and end marks, notes and a second diagram are not taken for transitions."""
    text = """
```mermaid
stateDiagram-v2
    direction LR
    [*] --> queued
    queued --> submitting: its turn
    submitting-->queued
    failed --> [*]
    note right of queued: waits
```
```mermaid
stateDiagram-v2
    queued --> failed
```
"""
    edges = {state: after for state, after in edges_in(text).items() if after}
    assert edges == {State.QUEUED: {State.SUBMITTING}, State.SUBMITTING: {State.QUEUED}}


def test_every_transition_has_a_method_and_every_method_a_transition() -> None:
    """A developer finds each edge of the diagram as a named method, and no method that leaves the diagram."""
    found: dict[State, set[State]] = {state: set() for state in State}
    for method in TRANSITION_METHODS.values():
        for start in method.starts:
            found[start].add(method.to)
    assert found == {state: set(after) for state, after in TRANSITIONS.items()}


def test_final_states_have_no_transitions() -> None:
    """A finished job makes no further transition, except that an undeliverable video can be fetched in private."""
    assert {state for state in FINAL if TRANSITIONS[state]} == {State.UNDELIVERABLE}
    assert {state for state in State if not TRANSITIONS[state]} <= FINAL
    assert not FINAL & set(AT_SERVICE)


# ---------------------------------------------------------------- image-to-video options
async def test_options_come_back_as_they_were(store: Store) -> None:
    """A draft and a job keep every word and every number of what was asked for."""
    await store.drafts.start(new_draft(effect="animate", motion=WAVES), [], consumes=1)
    assert (await get_draft(store)).motion == WAVES
    assert (await enqueue(store, motion=WAVES)).motion == WAVES


async def test_a_long_prompt_is_kept(store: Store) -> None:
    """A prompt of 2500 characters fits, in any alphabet."""
    options = ImageToVideoOptions(model="v2", prompt="\U0001f30a" * 2500)
    assert (await enqueue(store, motion=options)).motion == options


async def test_a_model_the_database_has_never_heard_of(store: Store) -> None:
    """A new model needs no migration, and may do without a prompt."""
    options = ImageToVideoOptions(model="v9")
    assert (await enqueue(store, motion=options)).motion == options


async def test_the_model_of_a_job(store: Store) -> None:
    """A job's model is the image-to-video model, or else the quality of its effect."""
    assert (await enqueue(store, "animate", motion=WAVES)).model == "v1.6"
    assert (await enqueue(store, "squish")).model == "standard"
