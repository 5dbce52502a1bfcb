from __future__ import annotations

from pathlib import Path

import pytest
from archives import article, pack, run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dataset with a little of everything; not to be written to."""
    folder = tmp_path_factory.mktemp("made")
    source = pack(
        folder / "in.jsonl.gz",
        [
            *(article(n) for n in range(40)),
            {"id": "bad", "text": "no Arabic here"},
            article(41, published=None),
        ],
    )
    run("code", source, "-o", folder / "ds", "--batch", "0.005", code=1)
    return folder / "ds"
