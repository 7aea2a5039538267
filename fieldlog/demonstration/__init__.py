"""A fictional council's nights that add up to the published figures, from a fixed seed."""
