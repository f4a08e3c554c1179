"""All connectors of a scene by their place; what is dear about a wire is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from app.journey.journey import Place
from app.journey.layout import Connector
from app.ui.canvas.index import Edges, SweepIndex
from app.ui.canvas.wire import Wire, span


class Wires(Mapping[Place, Wire]):
    """`label` gives the label of a place's path. Of thousands of connectors, those that are seen become wires."""

    def __init__(self, connectors: Collection[Connector], label: Callable[[Place], str]) -> None:
        self.connectors = {connector[0]: connector for connector in connectors}
        self._label = label
        self._made: dict[Place, Wire] = {}
        self._into: dict[str, list[Place]] | None = None

    def __getitem__(self, place: Place) -> Wire:
        made = self._made.get(place)
        if made is None:
            connector = self.connectors[place]
            label = self._label(place) if connector.label is not None else ""
            made = self._made[place] = Wire(connector, label)
        return made

    def __iter__(self) -> Iterator[Place]:
        return iter(self.connectors)

    def __len__(self) -> int:
        return len(self.connectors)

    def __contains__(self, place: object) -> bool:
        return place in self.connectors

    def into(self, key: str) -> list[Wire]:
        """The wires that lead to a tile."""
        if self._into is None:
            self._into = {}
            for place, target, *_ in self.connectors.values():
                if target is not None:
                    self._into.setdefault(target, []).append(place)
        return [self[place] for place in self._into.get(key, ())]

    def only(self, keys: Collection[str]) -> Wires:
        """The wires between some tiles."""
        kept = [each for each in self.connectors.values() if each.place.source in keys and each.target in keys]
        return Wires(kept, self._label)

    def index(self) -> SweepIndex[Place]:
        """Finds the wires in a part of the world."""

        def edges(place: Place) -> Edges:
            return self[place].edges

        return SweepIndex([(place, *span(connector)) for place, connector in self.connectors.items()], edges)
