from __future__ import annotations

import re
from pathlib import Path

from storage import TRANSITIONS, State
from storage.models import AT_SERVICE, FINAL
from tests.storage.samples import TRANSITION_METHODS

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"


def drawn(text: str) -> dict[State, set[State]]:
    """The edges of the first mermaid diagram in a document: lines like `queued --> submitting: why`."""
    block = re.search(r"^```mermaid\n\s*stateDiagram-v2\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert block is not None, "no state diagram"
    edges: dict[State, set[State]] = {state: set() for state in State}
    for start, to in re.findall(r"^\s*(\w+)\s*-->\s*(\w+)\s*(?::.*)?$", block[1], re.MULTILINE):
        edges[State(start)].add(State(to))
    return edges


def test_the_diagram_in_the_documents_is_the_truth() -> None:
    """A developer who reads the state diagram reads exactly the steps that a job may take."""
    assert drawn(ARCHITECTURE.read_text("utf-8")) == {state: set(after) for state, after in TRANSITIONS.items()}


def test_the_reader_of_the_diagram_sees_edges_and_only_edges() -> None:
    """The start and end marks, notes and a second diagram are not taken for steps of a job."""
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
    edges = {state: after for state, after in drawn(text).items() if after}
    assert edges == {State.QUEUED: {State.SUBMITTING}, State.SUBMITTING: {State.QUEUED}}


def test_every_transition_has_a_method_and_every_method_a_transition() -> None:
    """A developer finds each edge of the diagram as a named method, and no method that leaves it."""
    walked: dict[State, set[State]] = {state: set() for state in State}
    for move in TRANSITION_METHODS.values():
        for start in move.starts:
            walked[start].add(move.to)
    assert walked == {state: set(after) for state, after in TRANSITIONS.items()}


def test_states_in_which_a_job_rests() -> None:
    """A job at its end takes no further step, but that an undeliverable video can be fetched in private."""
    assert {state for state in FINAL if TRANSITIONS[state]} == {State.UNDELIVERABLE}
    assert {state for state in State if not TRANSITIONS[state]} <= FINAL
    assert not FINAL & set(AT_SERVICE)
