-- How does it go? Snapshots by day and verdict, and the objects that can be read from those of the day.
SELECT day, count(*) AS snapshots, sum(CASE WHEN verdict = 'pass' THEN 1 ELSE 0 END) AS passed,
  sum(CASE WHEN verdict = 'fail' THEN 1 ELSE 0 END) AS failed,
  sum(CASE WHEN verdict = 'error' THEN 1 ELSE 0 END) AS errors,
  coalesce(sum(exposed_objects), 0) AS exposed_objects
FROM current_verdicts
GROUP BY day
ORDER BY day
