"""Positions computed from the graph: left to right, paths in the marketer's order, nothing backwards, no overlaps."""

from __future__ import annotations

from app.journey.layout.compute import Memory, compute_layout
from app.journey.layout.geometry import Connector, Layout, Point, Rect

__all__ = ["Connector", "Layout", "Memory", "Point", "Rect", "compute_layout"]
