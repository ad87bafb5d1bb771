package io.pidcheck.probe.masking;

import java.util.Locale;
import java.util.Set;

/**
 * Values that are no secret although their name sounds like one: a mode, a switch, a file's name.
 */
final class HarmlessValues {

  private static final Set<String> NO_SECRETS =
      Set.of(
          "",
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "none",
          "null",
          "basic",
          "digest",
          "ntlm",
          "negotiate",
          "kerberos",
          "ldap",
          "oauth",
          "oauth2",
          "plain",
          "md5",
          "trust",
          "peer");

  /** A value below one of these is the name of a file with a secret in it. */
  private static final String[] DIRECTORIES = {
    "/app/", "/certs/", "/config/", "/data/", "/dev/", "/etc/", "/home/", "/host/", "/mnt/",
    "/opt/", "/proc/", "/root/", "/run/", "/secrets/", "/srv/", "/tmp/", "/usr/", "/var/"
  };

  private HarmlessValues() {}

  /**
   * @param name of the option or variable that has the value
   */
  static boolean isHarmless(String name, String value) {
    if (NO_SECRETS.contains(value.toLowerCase(Locale.ROOT))) {
      return true;
    }
    if (name.equals("PWD") || name.equals("OLDPWD")) {
      return value.startsWith("/");
    }
    if (SecretNames.isVague(name) && isNumber(value)) {
      return true; // --max-tokens=4096
    }
    for (String directory : DIRECTORIES) {
      if (value.startsWith(directory)) {
        return true;
      }
    }
    return false;
  }

  static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
