"""What can go wrong with a warehouse; every message names the place and what to do about it."""


class WarehouseError(ValueError):
    """The folder is not a warehouse, or not one that this version can use."""


class WarehouseBusyError(WarehouseError):
    """Another process is writing to the warehouse."""


class ManifestError(WarehouseError):
    """A manifest entry is unreadable, written by a newer version, or names files that do not fit it."""


class RowError(WarehouseError):
    """A row does not fit the table that it was meant for."""


class QueryError(WarehouseError):
    """A query cannot be answered, or is none that only reads."""


class UnknownIdError(WarehouseError):
    """No mention or event has this id, or several have ids that begin so."""
