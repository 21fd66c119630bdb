"""The reference pages that are generated: each module has `page() -> str` in Markdown."""
