package io.pidcheck.bot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house: who may know whom. */
@AnalyzeClasses(packages = "io.pidcheck", importOptions = DoNotIncludeTests.class)
class WallsTest {

  @ArchTest
  static final ArchRule onlyTheSlackEdgesKnowSlack =
      noClasses()
          .that()
          .resideInAPackage("io.pidcheck.bot..")
          .and()
          .resideOutsideOfPackages(
              "io.pidcheck.bot.slack..", "io.pidcheck.bot.chat..", "io.pidcheck.bot.message..")
          .and()
          .haveNameNotMatching("io\\.pidcheck\\.bot\\.(Bot|Clients)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.slack..")
          .because("Bot and Clients wire; all others speak of messages and answers");

  @ArchTest
  static final ArchRule onlyTheClusterEdgesKnowKubernetes =
      noClasses()
          .that()
          .resideInAPackage("io.pidcheck.bot..")
          .and()
          .resideOutsideOfPackages(
              "io.pidcheck.bot.cluster..",
              "io.pidcheck.bot.evidence..",
              "io.pidcheck.bot.local.cluster..")
          .and()
          .haveNameNotMatching("io\\.pidcheck\\.bot\\.(Bot|Clients|RemedyWing)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..");

  @ArchTest
  static final ArchRule diagnosisAndMessageDoNoIo =
      noClasses()
          .that()
          .resideInAnyPackage("io.pidcheck.bot.diagnosis..", "io.pidcheck.bot.message..")
          .and()
          .doNotHaveFullyQualifiedName("io.pidcheck.bot.message.ChartFont")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio.file..",
              "java.net..",
              "io.fabric8..",
              "com.slack.api.methods..")
          .because("only the chart's font is read, from the class path as the texts are");

  @ArchTest
  static final ArchRule thePathGoesOneWay =
      slices().matching("io.pidcheck.bot.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule lowerHousesDoNotKnowHigherOnes =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.pidcheck.bot.cluster..", "io.pidcheck.bot.chat..", "io.pidcheck.bot.evidence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pidcheck.bot.slack..",
              "io.pidcheck.bot.check..",
              "io.pidcheck.bot.message..",
              "io.pidcheck.bot.diagnosis..");

  @ArchTest
  static final ArchRule nothingButMainKnowsThatItIsLocal =
      noClasses()
          .that()
          .resideInAPackage("io.pidcheck.bot..")
          .and()
          .resideOutsideOfPackage("io.pidcheck.bot.local..")
          .and()
          .haveNameNotMatching("io\\.pidcheck\\.bot\\.(Main|LocalMode)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.pidcheck.bot.local..");

  @ArchTest
  static final ArchRule theLocalWorkspaceAndClusterAreStrangersToTheBot =
      noClasses()
          .that()
          .resideInAnyPackage("io.pidcheck.bot.local.slack..", "io.pidcheck.bot.local.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pidcheck.bot.slack..",
              "io.pidcheck.bot.chat..",
              "io.pidcheck.bot.check..",
              "io.pidcheck.bot.cluster..",
              "io.pidcheck.bot.evidence..",
              "io.pidcheck.bot.message..");

  @ArchTest
  static final ArchRule theProbeKnowsNothingOfTheBot =
      noClasses()
          .that()
          .resideInAPackage("io.pidcheck.probe..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "io.pidcheck.probe..", "java..", "javax.net.ssl..", "org.jspecify..");
}
