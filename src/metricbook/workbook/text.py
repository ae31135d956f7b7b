"""Foreign text on its way into a cell: it stays text, and it fits."""

import re
import unicodedata

LONGEST = 32_767  # what a cell holds, in UTF-16 units, as Excel counts

# XML 1.0 has no place for these, or Excel calls the file damaged when it meets them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as "A", so a text that really holds such a code has its underscore written as a code.
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_IN_ATTRIBUTES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_ACTIVE = ("=", "+", "-", "@", "\t", "\n", "\r")


def plain_text(text: str) -> str:
    """The text without what a cell cannot hold: control characters, lone surrogates, more than 32,767 units."""
    if not (text.isascii() and text.isprintable()):  # else there is nothing of that in it
        text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST // 2 else shortened(text, LONGEST)


def shortened(text: str, limit: int) -> str:
    """The longest beginning of the text that has at most `limit` UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def looks_active(text: str) -> bool:
    """Whether a program might take the text for a formula when it is edited or exported.

    Full-width forms count too: NFKC turns ＝ into =.
    """
    return unicodedata.normalize("NFKC", text[:1]).startswith(_ACTIVE)


def xml_text(text: str) -> str:
    """The text of a cell, escaped for XML and against Excel's own `_xHHHH_` codes."""
    if "_x" in text:
        text = _CODE.sub("_x005F_", text)
    return escaped(text)


def escaped(text: str) -> str:
    """Escaped for the content of an XML element."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def attribute(text: str) -> str:
    """Escaped for an XML attribute in double quotes."""
    return text.translate(_IN_ATTRIBUTES)
