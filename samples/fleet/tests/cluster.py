"""A Spark cluster on this machine: a master, and two workers of one core each, as processes of their own."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import fleets

FLEET = fleets.HERE.parent
# A short run is over before the second compiler of the JVM pays.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

# Spark's scripts look for pyspark with the first python3 on the path.
os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "PYTHONPATH": str(FLEET)}


class Cluster:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.master = self.start("master", "master.Master", "--host", "127.0.0.1", "--port", "0")
        self.address = self.wait(self.folder / "master.log", r"Starting Spark master at (spark://\S+)")
        self.workers = []
        for name in ("worker-1", "worker-2"):
            arguments = ["--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name), self.address]
            self.workers.append(self.start(name, "worker.Worker", *arguments))
        for name in ("worker-1", "worker-2"):
            self.wait(self.folder / f"{name}.log", r"(Successfully registered) with master")

    def start(self, name, main, *arguments):
        log = open(self.folder / f"{name}.log", "wb")
        environment = {**os.environ, "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": QUICK}
        command = ["spark-class", f"org.apache.spark.deploy.{main}", "--webui-port", "0", *arguments]
        with log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)

    def wait(self, log, pattern, seconds=300):
        for _ in range(seconds * 5):
            if found := re.search(pattern, log.read_text(errors="replace")):
                return found[1]
            time.sleep(0.2)
        raise AssertionError(f"{log}: {pattern} did not come\n{log.read_text(errors='replace')[-2000:]}")

    def submit(self, listing, tables, *options, log):
        """Submits the job as an operator would, and returns the process."""
        command = [
            "spark-submit", "--master", self.address, "--executor-memory", "768m", "--driver-memory", "768m",
            "--conf", "spark.ui.enabled=false", "--conf", f"spark.executor.extraJavaOptions={QUICK}",
            "--driver-java-options", QUICK, "--py-files", FLEET / "snapshots.py", FLEET / "fleet.py",
            "--snapshots", listing, "--tables", tables, "--atrest", os.environ["ATREST"], "--", *options,
        ]  # fmt: skip
        with open(log, "wb") as output:
            return subprocess.Popen(list(map(str, command)), stdout=output, stderr=output, start_new_session=True)

    @staticmethod
    def kill(process, how=signal.SIGKILL):
        """Ends a process and what it started, as when its machine is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait()

    def close(self):
        for process in [*self.workers, self.master]:
            self.kill(process)
        shutil.rmtree(self.folder, ignore_errors=True)
