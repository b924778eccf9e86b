-- Who encrypts? Providers in the newest snapshots, how many keys and clusters each has, and the values that need it.
SELECT c.provider, count(DISTINCT n.cluster) AS clusters,
  count(DISTINCT coalesce(c.key_name, '') || '/' || coalesce(c.key_id, '')) AS key_names,
  sum(CASE WHEN c.layer = 'live' THEN c.n ELSE 0 END) AS live_values,
  sum(CASE WHEN c.layer = 'history' THEN c.n ELSE 0 END) AS old_values
FROM newest_verdicts n
JOIN current_counts c ON c.run = n.run AND c.uri = n.uri AND c.etag = n.etag AND c.member = n.member
WHERE c.what = 'keys'
GROUP BY c.provider
ORDER BY live_values DESC, c.provider
