SELECT key, kind, reports, only_suspects FROM links_value WHERE key = ANY (%(keys)s::bytea[])
