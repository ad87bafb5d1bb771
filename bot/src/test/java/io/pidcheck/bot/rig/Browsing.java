package io.pidcheck.bot.rig;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium on the workspace's page. */
public final class Browsing implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;

  private Browsing(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test, with the reason, where there is no Chromium and none is insisted on. */
  public static Browsing open() {
    boolean there = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    String reason =
        "no Chromium here: apt-get install chromium chromium-driver fonts-noto-cjk to run the browser tests";
    if (!there && "true".equals(System.getenv("PIDCHECK_REQUIRE_BROWSER"))) {
      throw new IllegalStateException(reason);
    }
    if (!there) {
      System.err.println(reason);
    }
    assumeTrue(there, reason);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,800");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    return new Browsing(new ChromeDriver(service, options));
  }

  public Browsing visit(String address) {
    driver.get(address);
    return this;
  }

  /** As a phone of 375 x 812 points shows it. */
  public Browsing asPhone() {
    return asPhone(375, 812);
  }

  /** As a phone of so many points shows it. */
  public Browsing asPhone(int width, int height) {
    return sized(Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
  }

  /** In a window of so many points. */
  public Browsing asWindow(int width, int height) {
    return sized(Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private Browsing sized(Map<String, Object> metrics) {
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", metrics);
    return this;
  }

  /** Scrolls until the element begins at the top of what holds it. */
  public Browsing toTop(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'start'})", element);
    return this;
  }

  public Browsing dark() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    return this;
  }

  public WebElement element(String testId) {
    return until(Duration.ofSeconds(10), page -> page.findElement(testId(testId)));
  }

  public static By testId(String id) {
    return By.cssSelector("[data-testid='" + id + "']");
  }

  /** Waits for a condition of the page; what it gives must not be null or false. */
  public <T> T until(Duration atMost, ExpectedCondition<T> condition) {
    // the page puts a new element in an edited message's place
    return new WebDriverWait(driver, atMost, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .until(condition);
  }

  /** The page's text, as a person reads it. */
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  public long width(String script) {
    return ((Number) driver.executeScript("return " + script)).longValue();
  }

  /** Keeps a picture below target/screenshots. */
  public Path keep(String name) {
    try {
      Files.createDirectories(SHOTS);
      return Files.write(SHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
