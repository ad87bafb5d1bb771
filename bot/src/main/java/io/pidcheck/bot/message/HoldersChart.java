package io.pidcheck.bot.message;

import io.pidcheck.bot.diagnosis.Diagnosis;
import io.pidcheck.bot.diagnosis.Level;
import io.pidcheck.probe.report.NodeReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.OptionalLong;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.HorizontalBarStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Who holds the PIDs against the limit, as a picture: figures and names only, so that it needs no
 * language; its title beside it has the words. A dark card, which both of Slack's themes bear.
 */
final class HoldersChart {

  private static final int WIDTH = 1000;
  private static final int HEAD = 150;
  private static final int ROW = 76;
  private static final int TITLE_TYPE = 42;
  private static final int TYPE = 34;
  private static final int ROOM_AROUND = 110;
  private static final double TINY = 0.05;
  private static final double BREATH = 1.03;

  private static final Color CARD = new Color(0x1f2933);
  private static final Color INK = new Color(0xf5f7fa);
  private static final Color FAINT = new Color(0x52606d);
  private static final Color LIMIT = new Color(0xff8a80);

  private final Texts texts;

  HoldersChart(Texts texts) {
    this.texts = texts;
  }

  byte[] png(NodeReport report, Diagnosis diagnosis) {
    ChartRows rows = ChartRows.of(report, diagnosis, texts);
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(HEAD + ROW * rows.labels().size())
            .title(ChartFont.drawable(rows.title()))
            .build();
    double most = scale(rows);
    style(chart.getStyler(), most, color(diagnosis.verdict().level()));
    chart.getStyler().setChartTitleFont(ChartFont.of(titleType(rows)));
    chart.addSeries("PIDs", rows.tasks(), rows.labels());
    if (rows.limit().isPresent() && rows.limit().getAsLong() <= most) {
      chart.addAnnotation(new AnnotationLine(rows.limit().getAsLong(), true, false));
    }
    return Png.of(draw(chart));
  }

  /** Up to the limit, unless next to it nothing could be seen. */
  private static double scale(ChartRows rows) {
    long biggest = Math.max(1, Collections.max(rows.tasks()));
    OptionalLong limit = rows.limit();
    boolean seen = limit.isPresent() && biggest >= TINY * limit.getAsLong();
    return BREATH * (seen ? Math.max(biggest, limit.getAsLong()) : biggest);
  }

  /** The title stands above the bars, right of the names, and must not run out of the picture. */
  private static int titleType(ChartRows rows) {
    double names =
        rows.labels().stream().mapToDouble(label -> ChartFont.width(label, TYPE)).max().orElse(0);
    double room = WIDTH - names - ROOM_AROUND;
    double wanted = ChartFont.width(rows.title(), TITLE_TYPE);
    return (int) Math.min(TITLE_TYPE, Math.floor(TITLE_TYPE * room / wanted));
  }

  private void style(HorizontalBarStyler styler, double most, Color bars) {
    styler.setBaseFont(ChartFont.of(TYPE));
    styler.setChartTitleFontColor(INK);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(18);
    styler.setChartBackgroundColor(CARD);
    styler.setPlotBackgroundColor(CARD);
    styler.setPlotBorderVisible(false);
    styler.setChartPadding(24);
    styler.setLegendVisible(false);
    styler.setLegendFont(ChartFont.of(TYPE));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setSeriesColors(new Color[] {bars});
    styler.setAnnotationLineColor(LIMIT);
    styler.setAnnotationLineStroke(new BasicStroke(5));
    axes(styler, most);
  }

  private void axes(HorizontalBarStyler styler, double most) {
    styler.setAxisTickLabelsFont(ChartFont.of(TYPE));
    styler.setAxisTitleFont(ChartFont.of(TYPE));
    styler.setAxisTitlesVisible(false);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(FAINT);
    styler.setAxisTicksMarksVisible(false);
    styler.setAxisTicksLineVisible(false);
    styler.setPlotGridLinesVisible(false);
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(most);
    styler.setXAxisTickMarkSpacingHint(ROW / 2); // also of the rows: every one has its name
    styler.setXAxisTicksVisible(false); // the figures stand beside the names
    styler.setAvailableSpaceFill(0.72);
  }

  private static Color color(Level level) {
    return switch (level) {
      case CRITICAL -> new Color(0xe5484d);
      case WARNING -> new Color(0xf0a92e);
      case HEALTHY -> new Color(0x3fb68b);
      case UNKNOWN -> new Color(0x829ab1);
    };
  }

  private static BufferedImage draw(HorizontalBarChart chart) {
    BufferedImage image =
        new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return image;
  }
}
