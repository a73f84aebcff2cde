import SQLDatabase

/// What a fleet manages is counted without reading the marks themselves.
let migration3 = Migration(
    version: 3,
    name: "census",
    sql: """
        CREATE INDEX applied_resources_by_fleet ON applied_resources (fleet, tenant);
        """
)
