package io.pidcheck.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidcheck.bot.rig.Browsing;
import io.pidcheck.bot.rig.LocalProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** calico-node restarts, and somebody looks at the channel: in a real browser, as local mode is. */
@ResourceLock("machine")
class WatchBrowserIT {

  // what is promised: from the restart to the whole diagnosis, on a machine that is not busy
  private static final Duration BY_ITSELF = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final By MESSAGE = Browsing.testId("message");

  @Test
  void tellsARestartByItselfAndThenEditsAndThreads() {
    try (Browsing browser = Browsing.open();
        LocalProcess local = local("en")) {
      browser.asWindow(1200, 900).visit(local.address() + "#/U0ALEX/C0ALERTS");
      Instant restarted = press(browser, "restart-calico");
      WebElement told = browser.until(PATIENCE, shows("Who holds them"));
      Duration took = Duration.between(restarted, Instant.now());
      System.out.println("told by itself after " + took.toMillis() + " ms");
      assertThat(told.getText()).contains("calico-node on ", " restarted", "1 restart, at");
      assertThat(took).as("from the restart to the diagnosis, unasked").isLessThan(BY_ITSELF);
      browser.toTop(told).keep("watch-restart-en");

      press(browser, "restart-calico");
      WebElement edited = browser.until(PATIENCE, shows("2 restarts, first"));
      assertThat(edited.getText()).contains("Who holds them");
      assertThat(messages(browser)).hasSize(1);
      browser.toTop(edited).keep("watch-again-en");
      browser.until(PATIENCE, page -> page.findElement(Browsing.testId("thread-link"))).click();
      browser.until(
          PATIENCE,
          page ->
              page.findElement(Browsing.testId("thread-messages"))
                  .getText()
                  .contains("restarted again"));
      browser.keep("watch-thread-en");
    }
  }

  @Test
  void saysNothingOfARolloutOnAPhoneInChinese() {
    try (Browsing browser = Browsing.open();
        LocalProcess local = local("zh")) {
      browser.asPhone(390, 844).visit(local.address() + "#/U0LIWEI/C0ALERTS");
      press(browser, "rollout-calico");
      press(browser, "restart-calico");
      WebElement told = browser.until(PATIENCE, shows("谁占了 PID"));
      assertThat(told.getText()).contains("重启 1 次");
      assertThat(messages(browser)).hasSize(1);
      assertThat(browser.width("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
      browser.toTop(told).keep("watch-phone-zh");
    }
  }

  private static LocalProcess local(String language) {
    return LocalProcess.start(
        Map.of("PIDCHECK_LANGUAGE", language),
        "local",
        "--port",
        "0",
        "--no-open",
        "--explode",
        "500");
  }

  /** Presses it on the page's panel, and closes the panel again; when it was pressed. */
  private static Instant press(Browsing browser, String control) {
    if (browser.element("menu").isDisplayed()) {
      browser.element("menu").click(); // a phone's sidebar is behind it
    }
    openPanel(browser);
    WebElement button = visible(browser, Browsing.testId(control));
    Instant pressed = Instant.now();
    button.click();
    browser.until(PATIENCE, page -> page.findElement(Browsing.testId(control)).isEnabled());
    browser.keep("watch-" + control);
    visible(browser, By.cssSelector(".controls-head button")).click();
    if (browser.element("menu-close").isDisplayed()) {
      browser.element("menu-close").click();
    }
    return pressed;
  }

  private static void openPanel(Browsing browser) {
    browser.until(
        PATIENCE,
        page -> {
          if (page.findElements(Browsing.testId("controls-panel")).isEmpty()) {
            try {
              page.findElement(Browsing.testId("controls")).click();
            } catch (ElementNotInteractableException e) {
              return false; // a phone's sidebar is still sliding in
            }
          }
          return true;
        });
  }

  private static WebElement visible(Browsing browser, By what) {
    return browser.until(PATIENCE, ExpectedConditions.elementToBeClickable(what));
  }

  private static List<WebElement> messages(Browsing browser) {
    return browser.until(PATIENCE, page -> page.findElements(MESSAGE));
  }

  private static ExpectedCondition<WebElement> shows(String text) {
    return page ->
        page.findElements(MESSAGE).stream()
            .filter(message -> message.getText().contains(text))
            .findFirst()
            .orElse(null);
  }
}
