-- Since when can something be read? The first snapshot of each cluster that discloses anything, and the last.
SELECT cluster, min(taken_at) AS first_exposed, max(taken_at) AS last_exposed, count(*) AS snapshots
FROM current_verdicts
WHERE exposed_objects > 0
GROUP BY cluster
ORDER BY first_exposed, cluster
