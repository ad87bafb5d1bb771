package io.pidcheck.probe.masking;

import java.util.Optional;

/**
 * Short options that mean a password to one program and something else to the next: {@code -p} of
 * mysql, of ssh and of docker.
 */
final class ProgramOptions {

  /**
   * @param program what the program's name begins with
   * @param letters the options
   * @param attached whether {@code -pVALUE} is such an option
   * @param separate whether {@code -p VALUE} is
   * @param after the secret follows this character in the value; 0: all of it is secret
   */
  record Rule(String program, String letters, boolean attached, boolean separate, char after) {
    boolean has(char letter) {
      return letters.indexOf(letter) >= 0;
    }
  }

  private static final char ALL = 0;

  private static final Rule[] RULES = {
    new Rule("mysql", "p", true, false, ALL),
    new Rule("mariadb", "p", true, false, ALL),
    new Rule("sshpass", "p", true, true, ALL),
    new Rule("curl", "uU", true, true, ':'),
    new Rule("curl", "b", true, true, ALL),
    new Rule("etcdctl", "u", false, true, ':'),
    new Rule("redis-", "a", false, true, ALL),
    new Rule("valkey-", "a", false, true, ALL),
    new Rule("mongo", "p", true, true, ALL),
    new Rule("ldap", "w", true, true, ALL),
    new Rule("sqlcmd", "P", true, true, ALL),
    new Rule("bcp", "P", true, true, ALL),
    new Rule("isql", "P", true, true, ALL),
    new Rule("mosquitto_", "P", false, true, ALL),
    new Rule("ipmitool", "P", true, true, ALL),
    new Rule("zip", "P", true, true, ALL),
    new Rule("unzip", "P", true, true, ALL),
    new Rule("7z", "p", true, false, ALL),
    new Rule("smbclient", "U", true, true, '%'),
    new Rule("lftp", "u", true, true, ','),
    new Rule("snmp", "cAX", true, true, ALL),
    new Rule("login", "p", false, true, ALL), // docker login, helm registry login, ...
    new Rule("useradd", "p", false, true, ALL),
    new Rule("usermod", "p", false, true, ALL),
    // no options of their own: they end the reach of the one before
    new Rule("sqlplus", "", false, false, ALL),
    new Rule("ssh", "", false, false, ALL),
    new Rule("docker", "", false, false, ALL),
    new Rule("kubectl", "", false, false, ALL),
  };

  private ProgramOptions() {}

  /** The program of ours that this word names, with or without its directory. */
  static Optional<String> program(String word) {
    String name = word.substring(word.lastIndexOf('/') + 1);
    for (Rule rule : RULES) {
      if (name.startsWith(rule.program)) {
        return Optional.of(rule.program);
      }
    }
    return Optional.empty();
  }

  /** What one letter means to a program, if anything secret. */
  static Optional<Rule> rule(Optional<String> program, char letter) {
    for (Rule rule : RULES) {
      if (program.isPresent() && rule.program.equals(program.get()) && rule.has(letter)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** {@code --user name:secret}, which elsewhere is a uid and a gid. */
  static boolean takesUserAndPassword(Optional<String> program, String option) {
    return (option.equals("--user") || option.equals("--proxy-user"))
        && program.isPresent()
        && (program.get().equals("curl") || program.get().equals("etcdctl"));
  }

  /** Oracle's tools take {@code user/secret@database}. */
  static boolean takesSlashedPassword(Optional<String> program) {
    return program.isPresent() && program.get().equals("sqlplus");
  }
}
