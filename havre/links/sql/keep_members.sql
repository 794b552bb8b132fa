UPDATE links_member m SET cluster_id = now.cluster_id, core = now.core
FROM unnest(%(ids)s::uuid[], %(clusters)s::uuid[], %(cores)s::uuid[]) now (id, cluster_id, core)
WHERE m.id = now.id
