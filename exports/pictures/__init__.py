"""The drawing as files of its own: SVG, PNG and draw.io."""
