"""What plain `mkdocs serve` and `mkdocs build` must be told; named under `hooks` in mkdocs.yml."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from whitepaper.book import BookError, require_two_languages


def on_config(config: MkDocsConfig) -> None:
    """Refuses other languages than the two that everything here pairs, in one line."""
    try:
        require_two_languages([one.locale for one in config.plugins["i18n"].config.languages])
    except BookError as error:
        raise ConfigurationError(str(error)) from None
