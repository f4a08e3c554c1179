"""The canvas: a journey drawn from its graph, painted by hand so that thousands of tiles stay light."""
