-- Which Secrets are in the most snapshots in the clear, and in which of their layers? The first twenty.
SELECT cluster, resource, namespace, name, count(DISTINCT uri || ' ' || etag) AS snapshots,
  min(taken_at) AS first_taken, max(CASE WHEN layer = 'live' THEN 1 ELSE 0 END) AS live,
  max(CASE WHEN layer = 'history' THEN 1 ELSE 0 END) AS history,
  max(CASE WHEN layer = 'residue' THEN 1 ELSE 0 END) AS residue
FROM current_findings
WHERE class = 'plaintext' AND name IS NOT NULL
GROUP BY cluster, resource, namespace, name
ORDER BY snapshots DESC, first_taken, cluster, resource, namespace NULLS FIRST, name
LIMIT 20
