package io.pidcheck.bot.cluster.kubelet;

import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Lack;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.NotTold;
import io.pidcheck.bot.cluster.kubelet.KubeletAnswer.Told;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads three series out of /metrics/cadvisor. The answer has some 100 kB a pod, of which these are
 * a few lines, so nothing else of it is kept.
 */
final class CadvisorReading {

  private static final String THREADS = "container_threads";
  private static final String PROCESSES = "container_processes";
  private static final String LIMIT = "container_threads_max";
  private static final List<byte[]> WANTED =
      List.of(bytes(THREADS + "{"), bytes(PROCESSES + "{"), bytes(LIMIT + "{"));
  // Labels of a container are names and an image; a line of more is nothing of ours.
  private static final int LINE_BYTES = 16 << 10;
  private static final int BUFFER_BYTES = 64 << 10;
  // A node runs a few hundred containers; whoever answers with more is no kubelet.
  private static final int MOST_CGROUPS = 20_000;

  private final Map<String, CgroupTasks> cgroups = new LinkedHashMap<>();
  private final byte[] line = new byte[LINE_BYTES];
  private int length;

  private CadvisorReading() {}

  static KubeletAnswer<List<CgroupTasks>> read(InputStream body) throws IOException {
    CadvisorReading reading = new CadvisorReading();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      for (int at = 0; at < n; at++) {
        reading.take(buffer[at]);
      }
    }
    if (reading.length > 0) {
      return new NotTold<>(Lack.CUT_OFF, "/metrics/cadvisor");
    }
    return reading.cgroups.isEmpty()
        ? new NotTold<>(Lack.NOT_UNDERSTOOD, "/metrics/cadvisor: " + THREADS)
        : new Told<>(List.copyOf(reading.cgroups.values()));
  }

  private void take(byte character) {
    if (character == '\n') {
      if (length <= LINE_BYTES && isWanted() && cgroups.size() < MOST_CGROUPS) {
        Sample.parse(new String(line, 0, length, StandardCharsets.UTF_8)).ifPresent(this::add);
      }
      length = 0;
    } else {
      if (length < LINE_BYTES) {
        line[length] = character;
      }
      length++;
    }
  }

  private boolean isWanted() {
    return WANTED.stream()
        .anyMatch(
            prefix ->
                length > prefix.length
                    && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length));
  }

  private void add(Sample sample) {
    String id = sample.label("id");
    CgroupTasks before =
        cgroups.getOrDefault(
            id,
            new CgroupTasks(
                id,
                sample.label("namespace"),
                sample.label("pod"),
                sample.label("container"),
                0,
                0,
                OptionalLong.empty(),
                sample.at()));
    cgroups.put(id, with(before, sample));
  }

  private static CgroupTasks with(CgroupTasks cgroup, Sample sample) {
    long value = (long) sample.value();
    return new CgroupTasks(
        cgroup.id(),
        cgroup.namespace(),
        cgroup.pod(),
        cgroup.container(),
        sample.name().equals(THREADS) ? value : cgroup.threads(),
        sample.name().equals(PROCESSES) ? value : cgroup.processes(),
        sample.name().equals(LIMIT) && value > 0 ? OptionalLong.of(value) : cgroup.limit(),
        sample.name().equals(THREADS) ? sample.at() : cgroup.at());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
