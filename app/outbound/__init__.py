"""The only room that calls other programs: REST activities, where the workspace lets them."""
