package io.pidcheck.bot.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.incident.Incident.Shortage;
import io.pidcheck.bot.incident.NodeEntry.Seen;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentJsonTest {

  private static final Instant AT = Instant.parse("2026-03-23T05:00:00Z");

  @Test
  void readsWhatItWrote() {
    Incident incident =
        open()
            .posted(new Post("C0ALERTS", "1.2", AT))
            .noting(Note.Kind.RESTARTED_AGAIN, AT, "Error, exit code 137")
            .remedied(new Remedied(AT, "U0ALEX", "killed 30855 (dotnet)"))
            .noting(new Remedied(AT, "U0ALEX", "killed 30855 (dotnet)"))
            .ended(new Incident.End(AT, Incident.End.Reason.CALM, "U0ALEX", "killed 30855"));
    NodeEntry entry = entry(incident);
    assertThat(IncidentJson.entry(IncidentJson.write(entry))).contains(entry);
  }

  @Test
  void readsWhatAnEarlierVersionWroteBeforeARollingUpdate() {
    NodeEntry entry = entry(open().noting(Note.Kind.RESOLVED, AT, ""));
    String earlier = IncidentJson.write(entry).replace("\"remedied\":null,", "");
    assertThat(earlier).doesNotContain("remedied");
    assertThat(IncidentJson.entry(earlier)).contains(entry);
  }

  @Test
  void readsWhatALaterVersionWroteBeforeARollback() {
    NodeEntry entry = entry(open());
    String later = IncidentJson.write(entry).replace("\"storm\":", "\"novel\":{},\"storm\":");
    assertThat(IncidentJson.entry(later)).contains(entry);
  }

  @Test
  void beginsAnewWhereSomebodyBrokeIt() {
    assertThat(IncidentJson.entry("{\"seen\": 3")).isEqualTo(Optional.empty());
  }

  private static Incident open() {
    return Incident.open("worker-1", "calico-node", AT)
        .restarted("calico-node", 1, AT)
        .shortOf(Shortage.counted(AT, 15, 4096));
  }

  private static NodeEntry entry(Incident incident) {
    return NodeEntry.NEW.saw("calico-node", new Seen("uid", 1)).with(incident);
  }
}
