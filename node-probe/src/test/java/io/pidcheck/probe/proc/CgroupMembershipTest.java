package io.pidcheck.probe.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupMembershipTest {

  @Test
  void takesTheHierarchyOfThePidsController() {
    assertThat(parse("9:name=systemd:/s\n8:pids:/p\n4:memory:/m\n0::/u\n")).contains("/p");
    assertThat(parse("3:cpu,cpuacct:/c\n2:freezer,pids:/p\n")).contains("/p");
    assertThat(parse("2:pids,freezer:/p\n")).contains("/p");
  }

  @Test
  void takesTheUnifiedHierarchyWhereNoOtherHasIt() {
    assertThat(parse("0::/kubepods.slice/x\n")).contains("/kubepods.slice/x");
    assertThat(parse("1:name=systemd:/s\n0::/u\n")).contains("/u");
  }

  @Test
  void isNotMisledByNamesThatLookLikeIt() {
    assertThat(parse("3:cpids:/a\n2:pidsx:/b\n1:name=pids:/c\n")).isEmpty();
    assertThat(parse("8:pids:/a:b:c\n")).contains("/a:b:c");
  }

  @Test
  void hasNoAnswerForWhatIsNoList() {
    assertThat(parse("")).isEmpty();
    assertThat(parse("garbage\n\n::\n")).isEmpty();
    assertThat(parse("8:pids")).isEmpty();
  }

  private static Optional<String> parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CgroupMembership.parse(bytes, bytes.length);
  }
}
