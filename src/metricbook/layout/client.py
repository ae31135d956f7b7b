"""What a client file says of the looks and words of the workbook, as settings."""

from __future__ import annotations

from typing import Any

from metricbook.layout.settings import Prepared, Settings
from metricbook.source.brand import hex_colour
from metricbook.source.client_chain import Chain

SAID = ("client", "currency", "at_risk", "tolerance", "show_in")


def settings_of(chain: Chain) -> Settings:
    """The settings of a client file and of those that it extends; what none of them says stays as usual."""
    said: dict[str, Any] = {key: value for key in SAID if (value := chain.says(key)) is not None}
    colour = hex_colour(chain.says("brand", "color") or "") or ""
    prepared = {key: chain.says("prepared_by", key) or "" for key in ("name", "contact", "note")}
    words = {id: word for id, (word, _) in chain.merged("words").items()}
    return Settings(**said, accent=colour, logo=chain.logo(), prepared=Prepared(**prepared), words=words)
