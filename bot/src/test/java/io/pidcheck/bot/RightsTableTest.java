package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.rig.DeployedRule;
import org.junit.jupiter.api.Test;

class RightsTableTest {

  /** {@link ClusterRightsIT} takes each away on a real cluster: a new one needs a line there. */
  @Test
  void saysOfEachDeployedRuleWhatItCarries() {
    assertThat(RightsTable.rules())
        .containsExactlyInAnyOrderElementsOf(
            DeployedRule.all().stream().map(DeployedRule::name).toList());
    assertThat(DeployedRule.all())
        .allSatisfy(rule -> assertThat(RightsTable.carriedBy(rule)).isNotEmpty());
  }

  @Test
  void givesNoRightTwice() {
    DeployedRule.all()
        .forEach(
            rule ->
                assertThat(DeployedRule.all())
                    .filteredOn(other -> !other.equals(rule) && other.covers(rule))
                    .as(rule.name())
                    .isEmpty());
  }

  @Test
  void givesNoWildcard() {
    assertThat(DeployedRule.all())
        .allSatisfy(
            rule -> {
              assertThat(rule.rule().getVerbs()).doesNotContain("*");
              assertThat(rule.rule().getResources()).doesNotContain("*").doesNotContain("secrets");
              assertThat(rule.rule().getApiGroups()).doesNotContain("*");
            });
  }
}
