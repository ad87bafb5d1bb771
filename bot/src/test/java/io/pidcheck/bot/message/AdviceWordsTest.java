package io.pidcheck.bot.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.cluster.PodRef;
import io.pidcheck.bot.diagnosis.Advice;
import io.pidcheck.bot.diagnosis.LimitUse.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdviceWordsTest {

  private static final AdviceWords WORDS = new AdviceWords(Texts.in(Locale.ENGLISH));
  private static final PodRef POD =
      new PodRef(
          "shop", "orders-api-1", Optional.of(new PodRef.Workload("Deployment", "orders-api")), "");

  @Test
  void raisesThePodsCeilingTogetherWithPidMax() {
    assertThat(WORDS.commands(new Advice.RaisePidMax(32_768, 131_072, List.of("/kubepods"))))
        .containsExactly(
            "sysctl -w kernel.pid_max=131072", "echo 131072 > /sys/fs/cgroup/kubepods/pids.max");
  }

  @Test
  void patchesTheWorkloadRatherThanThePod() {
    assertThat(
            WORDS.commands(
                new Advice.SetResources(
                    POD, Map.of("memory", "2Gi", "cpu", "1"), Map.of("memory", "8Gi", "cpu", "4"))))
        .containsExactly(
            "kubectl -n shop set resources deployment/orders-api --requests=cpu=1,memory=2Gi"
                + " --limits=cpu=4,memory=8Gi");
  }

  @Test
  void leavesNothingOfACgroupsNameToTheShell() {
    assertThat(WORDS.commands(new Advice.RaiseCgroup("/a$(reboot)'b", Scope.ALL_PODS, 10)))
        .containsExactly("echo max > '/sys/fs/cgroup/a$(reboot)'\\''b/pids.max'");
  }

  @Test
  void givesNoCommandThatCannotBeShownAsItMustBeTyped() {
    assertThat(WORDS.commands(new Advice.RaiseCgroup("/a\u202eb", Scope.NODE, 10))).isEmpty();
    assertThat(WORDS.commands(new Advice.RaiseCgroup("/" + "a".repeat(900), Scope.NODE, 10)))
        .isEmpty();
  }

  @Test
  void liftsTheTasksOfASystemdUnitByItsName() {
    assertThat(
            WORDS.commands(
                new Advice.RaiseCgroup("/system.slice/containerd.service", Scope.RUNTIME, 10)))
        .containsExactly("systemctl set-property containerd.service TasksMax=infinity");
  }
}
