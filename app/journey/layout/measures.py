"""The distances of the canvas in pixels, on the house's 4 px grid, as the drawing of the window has them."""

ROW_GAP = 28.0
"""Between tiles of paths that have no labels."""

PATH_GAP = 88.0
"""Between the paths of a split: room for one label under the upper and one over the lower, and air between them, so
that it is seen at once which label belongs to which path."""

LANE = 24.0
"""The height of a connector that passes other tiles, and of an open end of a split."""

STRAIGHT = 40.0
"""Between two columns when every connector there is straight."""

FAN = 28.0
"""From a tile's right edge to where its paths part."""

FAN_GAP = 58.0
"""Between two columns when paths part there."""

MERGE = 22.0
"""From where paths come together to the tile's left edge."""

MERGE_GAP = 60.0
"""Between two columns when paths come together there."""

TRACK = 12.0
"""Between two vertical stretches that would lie on each other."""

LANE_COLUMN = 104.0
"""The width of a column that only connectors pass."""

STUB = 22.0
"""The length of the connector of an open end."""

LABEL = 20.0
"""The height of a path's label."""

LABEL_AWAY = 8.0
"""Between a label and its tile."""
