package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pidcheck.bot.local.cluster.LocalCluster;
import io.pidcheck.bot.rig.Browsing;
import io.pidcheck.bot.rig.LocalProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedCondition;

/** Ending the process that took the PIDs, as a person does it in a browser. */
@ResourceLock("machine")
class RemedyBrowserIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> SHORT_GRACE = Map.of("PIDCHECK_REMEDY_GRACE", "2s");
  private static final Pattern THREADS = Pattern.compile("\\b3,0\\d\\d (threads|个线程)");
  private static final By MESSAGE = Browsing.testId("message");
  private static final By DIALOG = Browsing.testId("confirm");

  @Test
  void refusesWhoHasNoRightThenKillsForWhoHasAndShowsBeforeAndAfter() {
    try (Browsing browser = Browsing.open();
        LocalProcess local = exploding()) {
      browser.asWindow(1200, 900).visit(local.address() + "#/U0ALEX/C0ALERTS");
      Exploded exploded = diagnosed(browser, local);
      browser.toTop(browser.until(PATIENCE, shows("Who holds them"))).keep("diagnosed-en");

      switchTo(browser, "U0GUEST");
      asks(browser, exploded);
      accepts(browser);
      browser.until(PATIENCE, shows("You may not do that. Nothing was done."));
      assertThat(browser.until(PATIENCE, RemedyBrowserIT::toldAlone)).contains("@sre-oncall");
      browser.keep("kill-refused-en");
      assertThat(exploded.lives()).isTrue();

      switchTo(browser, "U0ALEX");
      assertThat(browser.text()).doesNotContain("You may not do that");
      WebElement dialog = asks(browser, exploded);
      assertThat(dialog.getText()).contains(node(), "PID " + exploded.pid(), "in no pod");
      assertThat(dialog.getText()).containsPattern(THREADS);
      browser.keep("kill-confirm-en");
      accepts(browser);
      await("it is gone").atMost(PATIENCE).until(() -> !exploded.lives());
      WebElement ended = browser.until(PATIENCE, shows("calico-node is Ready"));
      assertThat(ended.getText())
          .containsPattern("Before: [\\d,]+ tasks .*Now, at [\\d:]+ UTC: [\\d,]+ of [\\d,]+")
          .containsPattern("PID " + exploded.pid() + ".* — by @Alex Morgan");
      browser.toTop(ended).keep("killed-en");
    }
  }

  @Test
  void killsFromAPhoneInChinese() {
    try (Browsing browser = Browsing.open();
        LocalProcess local = exploding()) {
      browser.asPhone(390, 844).dark().visit(local.address() + "#/U0LIWEI/C0ALERTS");
      Exploded exploded = diagnosed(browser, local);
      browser.keep("kill-buttons-phone-zh-dark");
      WebElement dialog = asks(browser, exploded);
      assertThat(dialog.getText()).contains(node(), "PID " + exploded.pid());
      browser.keep("kill-confirm-phone-zh-dark");
      accepts(browser);
      await("it is gone").atMost(PATIENCE).until(() -> !exploded.lives());
      WebElement ended = browser.until(PATIENCE, shows("calico-node 一直处于 Ready"));
      assertThat(ended.getText()).contains("@李伟");
      browser.toTop(ended).keep("killed-phone-zh-dark");
      assertThat(browser.width("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    }
  }

  /** Two pages, two people, one button: both have the question before them, and both say yes. */
  @Test
  void actsOnceForTwoPeopleWhoPressAtOnceAndTellsTheSecondWhoWasFirst() {
    try (Browsing alex = Browsing.open();
        Browsing liWei = Browsing.open();
        LocalProcess local = exploding()) {
      URI page = local.address();
      alex.asWindow(1200, 900).visit(page + "#/U0ALEX/C0ALERTS");
      Exploded exploded = diagnosed(alex, local);
      liWei.asWindow(1200, 900).visit(page + "#/U0LIWEI/C0ALERTS");
      asks(alex, exploded);
      asks(liWei, exploded);
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> accepts(alex)),
              CompletableFuture.runAsync(() -> accepts(liWei)))
          .join();
      await("it is gone").atMost(PATIENCE).until(() -> !exploded.lives());
      await("one is told that the other was first")
          .atMost(PATIENCE)
          .until(() -> toldOfTheFirst(alex) || toldOfTheFirst(liWei));
      WebElement ended = alex.until(PATIENCE, shows("calico-node is Ready"));
      boolean alexWasFirst = toldOfTheFirst(liWei);
      assertThat(toldOfTheFirst(alex)).isNotEqualTo(alexWasFirst);
      assertThat(ended.getText())
          .contains("PID " + exploded.pid())
          .containsOnlyOnce("— by " + (alexWasFirst ? "@Alex Morgan" : "@李伟"));
      (alexWasFirst ? liWei : alex).keep("second-to-press");
    }
  }

  private static boolean toldOfTheFirst(Browsing browser) {
    String text = browser.text();
    return text.contains("asked for already at") || text.contains("，已于");
  }

  @Test
  void refusesAnOldMessageAndLooksAgainFromItsButton() {
    Map<String, String> soonOld = Map.of("PIDCHECK_REMEDY_EVIDENCE_MAX_AGE", "1s");
    try (Browsing browser = Browsing.open();
        LocalProcess local = exploding(soonOld)) {
      browser.asWindow(1200, 900).visit(local.address() + "#/U0ALEX/C0ALERTS");
      Exploded exploded = diagnosed(browser, local);
      long seen = System.nanoTime();
      asks(browser, exploded);
      await("it is old").atMost(PATIENCE).until(() -> System.nanoTime() - seen > 2_000_000_000L);
      accepts(browser);
      WebElement refused = browser.until(PATIENCE, shows("look again first"));
      browser.keep("too-old-en");
      assertThat(exploded.lives()).isTrue();
      int diagnoses = browser.until(PATIENCE, RemedyBrowserIT::diagnoses);
      refused.findElement(Browsing.testId("action")).click();
      browser.until(PATIENCE, page -> diagnoses(page) > diagnoses);
      assertThat(exploded.lives()).isTrue();
    }
  }

  private static Integer diagnoses(WebDriver page) {
    return (int)
        page.findElements(MESSAGE).stream()
            .filter(message -> message.getText().contains("Who holds them"))
            .count();
  }

  private static LocalProcess exploding() {
    return exploding(SHORT_GRACE);
  }

  private static LocalProcess exploding(Map<String, String> settings) {
    return LocalProcess.start(settings, "local", "--port", "0", "--no-open", "--explode", "3000");
  }

  /** Asks about this node; what the answer offers to kill, and only if this test started it. */
  private static Exploded diagnosed(Browsing browser, LocalProcess local) {
    WebElement composer = browser.element("composer");
    composer.sendKeys("/pidcheck node " + node());
    composer.sendKeys(Keys.ENTER);
    return browser.until(
        PATIENCE,
        page ->
            page.findElements(Browsing.testId("action")).stream()
                .map(button -> Exploded.of(button.getText()))
                .flatMap(Optional::stream)
                .filter(exploded -> local.started(exploded.pid()))
                .findFirst()
                .orElse(null));
  }

  /** Presses the button that kills it; the dialog that then asks. */
  private static WebElement asks(Browsing browser, Exploded exploded) {
    browser.until(
        PATIENCE,
        page -> {
          page.findElements(Browsing.testId("action")).stream()
              .filter(button -> button.getText().equals(exploded.button()))
              .findFirst()
              .filter(WebElement::isEnabled)
              .ifPresent(WebElement::click);
          return !page.findElements(DIALOG).isEmpty();
        });
    return browser.element("confirm");
  }

  private static void accepts(Browsing browser) {
    browser.element("confirm-accept").click();
    browser.until(PATIENCE, page -> page.findElements(DIALOG).isEmpty());
  }

  private static void switchTo(Browsing browser, String user) {
    browser.element("user-switch").click();
    browser
        .until(
            PATIENCE,
            page ->
                page.findElements(Browsing.testId("user-option")).stream()
                    .filter(option -> user.equals(option.getDomAttribute("data-user")))
                    .findFirst()
                    .orElse(null))
        .click();
    browser.until(
        PATIENCE,
        page ->
            user.equals(
                    page.findElement(Browsing.testId("user-switch")).getDomAttribute("data-user"))
                && !page.findElements(MESSAGE).isEmpty());
  }

  private static ExpectedCondition<WebElement> shows(String text) {
    return page ->
        page.findElements(MESSAGE).stream()
            .filter(message -> message.getText().contains(text))
            .findFirst()
            .orElse(null);
  }

  private static String toldAlone(WebDriver page) {
    return page.findElement(By.cssSelector("[data-ephemeral='true']")).getText();
  }

  private static String node() {
    return LocalCluster.Options.ofThisMachine(Map.of()).nodeName();
  }

  /**
   * What a button offers to kill.
   *
   * @param start when it was started, proc_pid_stat(5): starttime; tells it from a later process
   *     with the same PID
   */
  private record Exploded(String button, long pid, String start) {

    private static final Pattern KILL = Pattern.compile("(?:Kill|终止) (\\d+) .*");

    static Optional<Exploded> of(String button) {
      Matcher kill = KILL.matcher(button);
      if (!kill.matches()) {
        return Optional.empty();
      }
      long pid = Long.parseLong(kill.group(1));
      return start(pid).map(start -> new Exploded(button, pid, start));
    }

    boolean lives() {
      return start(pid).equals(Optional.of(start));
    }

    private static Optional<String> start(long pid) {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
      } catch (IOException e) { // ENOENT, or ESRCH where it went while it was read
        return Optional.empty();
      }
    }
  }
}
