"""Reads QR codes off pictures, with a decoder that has nothing to do with what drew them."""

from __future__ import annotations

import io
from typing import Any

import zxingcpp
from PIL import Image


def codes_in(picture: bytes | Image.Image) -> list[Any]:
    """All QR codes of a picture: `text`, `position`, `ec_level`, … of each."""
    image = picture if isinstance(picture, Image.Image) else Image.open(io.BytesIO(picture))
    return list(zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode))


def texts_in(picture: bytes | Image.Image) -> list[str]:
    return [code.text for code in codes_in(picture)]
