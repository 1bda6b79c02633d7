"""L2: house styles."""

from layout.house.layers import BUILT_IN, CONDITIONS
from layout.house.load import house_schema, load_house

__all__ = ["BUILT_IN", "CONDITIONS", "house_schema", "load_house"]
