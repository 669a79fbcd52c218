import io
import zlib
from dataclasses import replace

from PIL import Image

from pipeline.graph.figure import draw
from pipeline.graph.plot import RESOLUTION, pdf, png
from pipeline.graph.scene import Group, Line, Polygon, Rectangle, Scene, Words
from tests.graph.made import reference_graph


def part() -> Scene:
    """A part of the figure, as the whole takes seconds to paint."""
    scene = draw(reference_graph())
    return replace(scene, groups=scene.groups[::6])


def small(*shapes: Line | Polygon | Rectangle | Words) -> Image.Image:
    scene = Scene(100, 50, "Prøve", (Group((Rectangle(0, 0, 100, 50, "#ffffff"), *shapes)),))
    return Image.open(io.BytesIO(png(scene))).convert("RGB")


def test_a_picture_has_the_size_of_the_drawing_and_no_date() -> None:
    scene = part()
    image = Image.open(io.BytesIO(png(scene)))
    assert abs(image.width - scene.width / 100 * RESOLUTION) <= 1
    assert abs(image.height - scene.height / 100 * RESOLUTION) <= 1
    assert set(image.info) <= {"dpi"}


def test_shapes_stand_where_the_drawing_has_them() -> None:
    image = small(Polygon(((10, 10), (30, 10), (30, 30), (10, 30)), "#1f5f6b"), Rectangle(60, 10, 20, 20, "#b25a25"))
    assert image.getpixel((40, 40)) == (0x1F, 0x5F, 0x6B)
    assert image.getpixel((140, 40)) == (0xB2, 0x5A, 0x25)
    assert image.getpixel((100, 40)) == (255, 255, 255)
    assert image.getpixel((40, 80)) == (255, 255, 255)


def test_facilitators_and_inhibitors_can_be_told_apart_in_grey() -> None:
    grey = small(
        Polygon(((10, 10), (30, 10), (30, 30), (10, 30)), "#1f5f6b"), Rectangle(60, 10, 20, 20, "#b25a25")
    ).convert("L")
    one, two = grey.getpixel((40, 40)), grey.getpixel((140, 40))
    assert isinstance(one, int)
    assert isinstance(two, int)
    assert two - one > 20


def test_a_long_name_is_made_to_fit_its_box() -> None:
    import numpy as np

    image = np.asarray(small(Words(50, 30, "W" * 12, size=14, anchor="middle", room=80)).convert("L"))
    dark = np.flatnonzero((image < 160).any(axis=0))
    assert 16 <= dark.min() <= 26
    assert 174 <= dark.max() <= 184


def test_a_pdf_holds_words_as_words_and_no_date() -> None:
    scene = Scene(200, 50, "Prøve", (Group((Words(10, 30, "Fremmere og hæmmere", size=14),)),))
    content = pdf(scene)
    assert content.startswith(b"%PDF-1.4")
    assert b"CreationDate" not in content
    assert b"Producer" not in content
    assert b"/Type /Font" in content
    streams = [part.split(b"stream\n", 1)[-1] for part in content.split(b"endstream")]
    texts = [zlib.decompressobj().decompress(part) for part in streams if part[:1] == b"x"]
    assert any(b"Tj" in text or b"TJ" in text for text in texts)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    scene = replace(part(), width=400, height=300)
    assert png(scene) == png(scene)
    assert pdf(scene) == pdf(scene)
