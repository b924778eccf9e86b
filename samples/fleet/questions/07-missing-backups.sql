-- Whose backups stopped? Clusters without a snapshot on the last day on which the fleet has any.
SELECT cluster, max(day) AS last_day, count(*) AS snapshots
FROM current_verdicts
GROUP BY cluster
HAVING max(day) < (SELECT max(day) FROM current_verdicts)
ORDER BY last_day, cluster
