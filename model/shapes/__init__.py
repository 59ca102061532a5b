"""What a picture is made of, on screen and on paper: geometry, primitives, outlines, texts, themes."""
