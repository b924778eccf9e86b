-- Which snapshots are to be destroyed, and when?
-- Those that disclose something; once the cluster's newest one passes, where it does not yet.
SELECT v.cluster, v.uri, v.etag, v.member, v.taken_at, v.exposed_objects,
  CASE WHEN n.passes = 1 THEN 'now' ELSE 'once a new snapshot passes' END AS destroy
FROM current_verdicts v
JOIN (
  SELECT cluster, min(CASE WHEN verdict = 'pass' THEN 1 ELSE 0 END) AS passes FROM newest_verdicts GROUP BY cluster
) n ON v.cluster = n.cluster
WHERE v.exposed_objects > 0
ORDER BY destroy, v.cluster, v.taken_at, v.uri, v.etag, v.member
