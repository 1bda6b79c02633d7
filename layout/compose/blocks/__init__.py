"""The blocks of a story beside its running text: headline block, section heads, photographs."""
