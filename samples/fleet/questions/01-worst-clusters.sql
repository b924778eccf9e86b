-- Which clusters are worst? By what anyone can read from the newest snapshot.
SELECT cluster, sum(exposed_objects) AS exposed_objects, sum(live_plaintext) AS live, sum(history_plaintext) AS history,
  sum(residue_objects) AS residue
FROM newest_verdicts
WHERE verdict <> 'pass' AND exposed_objects > 0
GROUP BY cluster
ORDER BY exposed_objects DESC, cluster
