package io.pidcheck.bot.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pidcheck.bot.act.Acts;
import io.pidcheck.bot.act.PodName;
import io.pidcheck.bot.act.Remedy;
import io.pidcheck.bot.chat.Groups;
import io.pidcheck.bot.local.slack.HandClock;
import io.pidcheck.bot.remedy.Decision.Allowed;
import io.pidcheck.bot.remedy.Decision.Cause;
import io.pidcheck.bot.remedy.Decision.Denied;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may, over a Slack that changes its mind and breaks down. */
class AuthorityTest {

  private static final Names SRE = new Names(false, Set.of(), Set.of("S0SRE"));
  private static final Names SHOP_TEAM = new Names(false, Set.of("U0SHOP"), Set.of("S0SHOP"));
  private static final String REFUSAL = "{\"ok\":false,\"error\":\"internal_error\"}";

  private final HandClock clock = new HandClock();
  private volatile String answer = members("U0ALEX");
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer slack;
  private Groups groups;

  @BeforeEach
  void start() throws IOException {
    slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext("/api/usergroups.users.list", this::answer);
    slack.start();
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(
        "http://127.0.0.1:" + slack.getAddress().getPort() + "/api/");
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    groups = new Groups(Slack.getInstance(config).methods("xoxb-test"), clock);
  }

  @AfterEach
  void stop() {
    slack.stop(0);
  }

  @Test
  void letsNobodyActLongerThanAMinuteWhoHasLeftTheGroup() {
    Authority authority = authority(SRE, Map.of());
    assertThat(authority.toAct("U0ALEX", Acts.KILL)).isInstanceOf(Allowed.class);
    answer = members("U0LIWEI");
    clock.advance(Duration.ofSeconds(59));
    assertThat(authority.toAct("U0ALEX", Acts.KILL)).as("as of a minute ago").isEqualTo(allowed());
    assertThat(asked).as("not asked again within it").hasValue(1);
    clock.advance(Duration.ofSeconds(2));
    assertThat(authority.toAct("U0ALEX", Acts.KILL)).isEqualTo(new Denied(Cause.NOT_NAMED, SRE));
    assertThat(authority.toAct("U0LIWEI", Acts.KILL)).isEqualTo(allowed());
  }

  @Test
  void deniesWhereSlackDoesNotTellAndAsksAgainAtTheNextClick() {
    Authority authority = authority(SRE, Map.of());
    answer = REFUSAL;
    assertThat(authority.toAct("U0ALEX", Acts.KILL))
        .isEqualTo(new Denied(Cause.GROUP_UNKNOWN, SRE));
    answer = members("U0ALEX");
    assertThat(authority.toAct("U0ALEX", Acts.KILL)).isEqualTo(allowed());
  }

  @Test
  void deniesOnceTheMinuteIsOverWhereSlackDoesNotTellAnyMore() {
    Authority authority = authority(SRE, Map.of());
    assertThat(authority.toAct("U0ALEX", Acts.KILL)).isEqualTo(allowed());
    answer = REFUSAL;
    clock.advance(Duration.ofSeconds(61));
    assertThat(authority.toAct("U0ALEX", Acts.KILL))
        .isEqualTo(new Denied(Cause.GROUP_UNKNOWN, SRE));
  }

  @Test
  void deniesWhereNobodyAnswersAtAll() {
    Authority authority = authority(SRE, Map.of());
    slack.stop(0);
    assertThat(authority.toAct("U0ALEX", Acts.KILL))
        .isEqualTo(new Denied(Cause.GROUP_UNKNOWN, SRE));
  }

  @Test
  void letsATeamActOnThePodsOfItsNamespaceOnly() {
    Authority authority = authority(Names.NOBODY, Map.of("shop", SHOP_TEAM));
    answer = members("U0TEAM");
    for (String one : List.of("U0SHOP", "U0TEAM")) {
      assertThat(authority.toAct(one, kill("shop"))).isEqualTo(allowed());
      assertThat(authority.toAct(one, delete("shop"))).isEqualTo(allowed());
      assertThat(authority.toAct(one, kill("billing"))).isInstanceOf(Denied.class);
      assertThat(authority.toAct(one, killOf(Optional.empty()))).isInstanceOf(Denied.class);
      assertThat(authority.toAct(one, Acts.RAISE))
          .as("the node is nobody's")
          .isInstanceOf(Denied.class);
      assertThat(authority.toAct(one, Acts.UNDO)).isInstanceOf(Denied.class);
    }
    assertThat(authority.toAct("U0GUEST", kill("shop")))
        .isEqualTo(new Denied(Cause.NOT_NAMED, SHOP_TEAM));
    assertThat(authority.actsIn("U0TEAM")).containsExactly("shop");
    assertThat(authority.actsIn("U0GUEST")).isEmpty();
  }

  @Test
  void needsTheRightForEachNamespaceThatAnActTouches() {
    Authority authority = authority(Names.NOBODY, Map.of("shop", SHOP_TEAM));
    Remedy both =
        new Remedy.Kill(
            Acts.SEEN, List.of(target(7, Optional.of("shop")), target(8, Optional.of("billing"))));
    assertThat(authority.toAct("U0SHOP", both)).isInstanceOf(Denied.class);
  }

  @Test
  void letsWhoeverMayActAnywhereActInEveryNamespace() {
    Authority authority = authority(SRE, Map.of("shop", SHOP_TEAM));
    assertThat(authority.toAct("U0ALEX", kill("shop"))).isEqualTo(allowed());
    assertThat(authority.toAct("U0ALEX", kill("billing"))).isEqualTo(allowed());
    assertThat(authority.toAct("U0ALEX", Acts.RAISE)).isEqualTo(allowed());
  }

  private Authority authority(Names act, Map<String, Names> actIn) {
    return new Authority(new Rights(Names.EVERYONE, act, actIn), groups);
  }

  private static Decision allowed() {
    return new Allowed();
  }

  private static Remedy kill(String namespace) {
    return killOf(Optional.of(namespace));
  }

  private static Remedy killOf(Optional<String> namespace) {
    return new Remedy.Kill(Acts.SEEN, List.of(target(7, namespace)));
  }

  private static Remedy delete(String namespace) {
    return new Remedy.DeletePod(Acts.SEEN, pod(namespace), 7);
  }

  private static Remedy.Target target(int pid, Optional<String> namespace) {
    return new Remedy.Target(pid, 9, "dotnet", 3_000, namespace.map(AuthorityTest::pod));
  }

  private static PodName pod(String namespace) {
    return new PodName(namespace, "order-1", Acts.POD.uid(), "Deployment/order");
  }

  private static String members(String user) {
    return "{\"ok\":true,\"users\":[\"" + user + "\"]}";
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
