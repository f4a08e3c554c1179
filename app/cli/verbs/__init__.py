"""The verbs, in the order in which `--help` lists them: one file and one line here for each."""

from __future__ import annotations

from app.cli.verb import Verb
from app.cli.verbs.check import Check
from app.cli.verbs.credentials import Credentials
from app.cli.verbs.export import Export
from app.cli.verbs.filter import Filter
from app.cli.verbs.fire import Fire
from app.cli.verbs.import_ import Import
from app.cli.verbs.picture import Picture
from app.cli.verbs.serve import Serve
from app.kernel.registry import Registry

VERBS: Registry[Verb] = Registry(
    "verb", (Serve(), Credentials(), Fire(), Import(), Export(), Check(), Picture(), Filter())
)
