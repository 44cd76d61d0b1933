"""What a turn costs, and what it costs when much is stored, at start, and in memory.

`python -m benchmarks` runs all of it; each module runs alone too (`python -m benchmarks.turn`). Every figure is
printed beside that of a peer measured in the same run, since a machine's own speed says little. Nothing here
asserts. The fake Bot API server runs in the benchmark's own process, so that its work is not counted.
"""
